package dev.drover.consent;

import dev.drover.audience.Customers;
import dev.drover.kernel.Json;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/** Where a confirmation's mail leads to. Opening it confirms nothing, because scanners open every link: the button does. */
@Controller
class ConfirmationPages {

    private static final String PAGE = "/p/confirm";

    private final Confirmations confirmations;
    private final Consents consents;
    private final Customers customers;
    private final Erasures erasures;
    private final PersonalExports exports;
    private final PublicLinks links;
    private final Attempts attempts;

    ConfirmationPages(Confirmations confirmations, Consents consents, Customers customers, Erasures erasures, PersonalExports exports, PublicLinks links, Attempts attempts) {
        this.confirmations = confirmations;
        this.consents = consents;
        this.customers = customers;
        this.erasures = erasures;
        this.exports = exports;
        this.links = links;
        this.attempts = attempts;
    }

    @GetMapping("/p/confirm/{token}")
    String ask(@PathVariable String token, Model model) {
        return page(token, links.confirmation(token), model);
    }

    @PostMapping("/p/confirm/{token}")
    Object confirm(@PathVariable String token, HttpServletRequest request, Model model) {
        var confirmation = links.confirmation(token);
        attempts.count(token);
        if (confirmations.expired(confirmation)) {
            return page(token, confirmation, model);
        }
        switch (confirmation.kind()) {
            case OPT_IN -> confirmations.confirm(confirmation, Proof.of("confirmation page", confirmations.wording(confirmation), PAGE, request));
            case EXPORT -> {
                confirmations.confirm(confirmation, Proof.of("confirmation page", null, PAGE, request));
                return file(confirmation.customerId());
            }
            case ERASE -> {
                erasures.erase(customers.byId(confirmation.customerId()).orElseThrow(PublicLinks::nothingHere), false, "the person, from the mailbox");
                model.addAttribute("kind", "erased");
                return "consent/confirm";
            }
        }
        return page(token, links.confirmation(token), model);
    }

    private ResponseEntity<String> file(long customerId) {
        var customer = customers.byId(customerId).orElseThrow(PublicLinks::nothingHere);
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"my-data.json\"")
                .header(HttpHeaders.CACHE_CONTROL, "no-store").body(Json.pretty(exports.of(customer)));
    }

    private String page(String token, Confirmation confirmation, Model model) {
        boolean again = confirmation.kind() == Confirmation.Kind.EXPORT;
        model.addAttribute("token", token).addAttribute("kind", confirmation.kind().key()).addAttribute("address", confirmation.address())
                .addAttribute("wording", confirmations.wording(confirmation).text()).addAttribute("done", confirmation.confirmedAt() != null && !again)
                .addAttribute("expired", confirmations.expired(confirmation))
                .addAttribute("preferences", consents.preferencesUrl(confirmation.customerId()));
        return "consent/confirm";
    }
}
