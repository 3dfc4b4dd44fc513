package dev.drover.consent;

import dev.drover.audience.Customer;
import dev.drover.audience.Customers;
import dev.drover.kernel.Channel;
import dev.drover.kernel.Problem;
import dev.drover.kernel.SignedTokens;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * The public pages a message links to. A GET never changes anything, because scanners follow links (RFC 8058); a token that doesn't verify is
 * answered like a page that isn't there.
 */
@Controller
class PreferencePages {

    private static final String WORDING = "Yes, write to me with news and offers. I can change this at any time.";

    private final Consents consents;
    private final Customers customers;
    private final SignedTokens tokens;

    PreferencePages(Consents consents, Customers customers, SignedTokens tokens) {
        this.consents = consents;
        this.customers = customers;
        this.tokens = tokens;
    }

    @GetMapping("/p/{token}")
    String preferences(@PathVariable String token, Model model) {
        return page(token, customer(token), false, model);
    }

    @PostMapping("/p/{token}")
    String change(@PathVariable String token, @RequestParam(required = false) @Nullable List<String> channels,
            @RequestParam(required = false) @Nullable String everything, @RequestParam(required = false) @Nullable String reason, Model model) {
        var customer = customer(token);
        String why = reason == null || reason.isBlank() ? null : reason.substring(0, Math.min(reason.length(), 500));
        if (everything != null) {
            consents.withdraw(customer.id(), EnumSet.allOf(Channel.class), "preference page", why);
        } else {
            var wanted = EnumSet.noneOf(Channel.class);
            (channels == null ? List.<String>of() : channels).forEach(channel -> wanted.add(Channel.of(channel)));
            for (Channel channel : Channel.values()) {
                if (wanted.contains(channel)) {
                    consents.record(customer.id(), channel, true, "preference page", WORDING);
                } else if (consents.of(customer.id()).get(channel).granted()) {
                    consents.withdraw(customer.id(), List.of(channel), "preference page", why);
                }
            }
        }
        return page(token, customer, true, model);
    }

    @GetMapping("/u/{token}")
    String askToUnsubscribe(@PathVariable String token, Model model) {
        model.addAttribute("channel", unsubscribing(token).channel().key()).addAttribute("done", false).addAttribute("token", token);
        return "consent/unsubscribe";
    }

    /** What a mail program posts at one click ({@code List-Unsubscribe=One-Click}) and what the page's button posts. */
    @PostMapping("/u/{token}")
    Object unsubscribe(@PathVariable String token, @RequestParam(name = "List-Unsubscribe", required = false) @Nullable String oneClick, Model model) {
        var asked = unsubscribing(token);
        consents.withdraw(asked.customer().id(), List.of(asked.channel()), oneClick == null ? "unsubscribe page" : "one-click unsubscribe", null);
        if (oneClick != null) {
            return ResponseEntity.ok("Unsubscribed.");
        }
        model.addAttribute("channel", asked.channel().key()).addAttribute("done", true).addAttribute("token", token)
                .addAttribute("preferences", consents.preferencesUrl(asked.customer().id()));
        return "consent/unsubscribe";
    }

    private record Asked(Customer customer, Channel channel) {}

    private Asked unsubscribing(String token) {
        String[] payload = tokens.verify(Consents.UNSUBSCRIBE, token).orElseThrow(PreferencePages::nothingHere).split(":");
        return new Asked(customers.byId(Long.parseLong(payload[0])).orElseThrow(PreferencePages::nothingHere), Channel.of(payload[1]));
    }

    private Customer customer(String token) {
        String id = tokens.verify(Consents.PREFERENCES, token).orElseThrow(PreferencePages::nothingHere);
        return customers.byId(Long.parseLong(id)).orElseThrow(PreferencePages::nothingHere);
    }

    private String page(String token, Customer customer, boolean saved, Model model) {
        model.addAttribute("token", token).addAttribute("customer", customer).addAttribute("consent", new ConsentProfile(consents).of(customer))
                .addAttribute("saved", saved);
        return "consent/preferences";
    }

    private static Problem nothingHere() {
        return Problem.notFound("There is no such page.");
    }
}
