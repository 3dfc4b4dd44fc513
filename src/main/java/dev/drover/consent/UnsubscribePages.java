package dev.drover.consent;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** One click ends it (RFC 8058): a POST, from a mail program or from the page's own button. A GET only asks. */
@Controller
class UnsubscribePages {

    private static final String PAGE = "/u";

    private final Consents consents;
    private final PublicLinks links;
    private final Attempts attempts;

    UnsubscribePages(Consents consents, PublicLinks links, Attempts attempts) {
        this.consents = consents;
        this.links = links;
        this.attempts = attempts;
    }

    @GetMapping("/u/{token}")
    String ask(@PathVariable String token, Model model) {
        return page(token, links.unsubscribing(token), false, model);
    }

    @PostMapping("/u/{token}")
    Object unsubscribe(@PathVariable String token, @RequestParam(name = "List-Unsubscribe", required = false) @Nullable String oneClick,
            @RequestParam @Nullable String why, @RequestParam @Nullable String reason, HttpServletRequest request, Model model) {
        var asked = links.unsubscribing(token);
        attempts.count(token);
        var proof = Proof.of(oneClick == null ? "unsubscribe page" : "one-click unsubscribe", null, PAGE, request);
        consents.withdraw(asked.customer().id(), List.of(asked.channel()), proof, Leaving.of(why, reason));
        return oneClick == null ? page(token, asked, true, model) : ResponseEntity.ok("Unsubscribed.");
    }

    private String page(String token, PublicLinks.Unsubscribing asked, boolean done, Model model) {
        model.addAttribute("channel", asked.channel().key()).addAttribute("done", done).addAttribute("token", token).addAttribute("reasons", LeavingReason.values())
                .addAttribute("preferences", consents.preferencesUrl(asked.customer().id()));
        return "consent/unsubscribe";
    }
}
