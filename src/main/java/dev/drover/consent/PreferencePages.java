package dev.drover.consent;

import dev.drover.audience.Customer;
import dev.drover.audience.Shown;
import dev.drover.kernel.Channel;
import jakarta.servlet.http.HttpServletRequest;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * What a customer gets, and by which way: the page that every message links to, without log-in. A GET never changes anything, because scanners
 * follow links.
 */
@Controller
class PreferencePages {

    private static final String SOURCE = "preference page";
    private static final String PAGE = "/p";

    /** @param chosen whether marketing of it is wanted */
    record CategoryChoice(String key, String name, boolean chosen) {}

    private final Consents consents;
    private final Preferences preferences;
    private final Confirmations confirmations;
    private final ChannelChoices channelChoices;
    private final PublicLinks links;
    private final Attempts attempts;

    PreferencePages(Consents consents, Preferences preferences, Confirmations confirmations, ChannelChoices channelChoices, PublicLinks links, Attempts attempts) {
        this.consents = consents;
        this.preferences = preferences;
        this.confirmations = confirmations;
        this.channelChoices = channelChoices;
        this.links = links;
        this.attempts = attempts;
    }

    @GetMapping("/p/{token}")
    String show(@PathVariable String token, Model model) {
        return page(token, links.preferences(token), null, model);
    }

    @PostMapping("/p/{token}")
    @Transactional
    public String choose(@PathVariable String token, @RequestParam @Nullable List<String> channels, @RequestParam @Nullable List<String> categories,
            @RequestParam @Nullable String frequency, @RequestParam @Nullable String again, @RequestParam @Nullable String everything, @RequestParam @Nullable String why,
            @RequestParam @Nullable String reason, HttpServletRequest request, Model model) {
        var customer = links.preferences(token);
        attempts.count(token);
        if (everything != null) {
            consents.withdraw(customer.id(), EnumSet.allOf(Channel.class), Proof.of(SOURCE, null, PAGE, request), Leaving.of(why, reason));
            return page(token, customer, "left", model);
        }
        var wanted = EnumSet.noneOf(Channel.class);
        Objects.requireNonNullElse(channels, List.<String>of()).forEach(channel -> wanted.add(Channel.of(channel)));
        boolean asked = false;
        for (ChannelChoices.Choice before : channelChoices.of(customer)) {
            var channel = before.channel();
            var proof = Proof.of(SOURCE, Wording.PREFERENCES, PAGE, request);
            if (!wanted.contains(channel) && (before.granted() || before.pending())) {
                consents.withdraw(customer.id(), List.of(channel), proof, Leaving.UNSAID);
            } else if (wanted.contains(channel) && (before.confirmed() || again != null && before.held() == ChannelChoices.Held.RETURNED)) {
                confirmations.request(customer.id(), Confirmation.Kind.OPT_IN, proof);
                asked = true;
            } else if (wanted.contains(channel) && before.held() == null) {
                consents.record(customer.id(), channel, true, proof);
            }
        }
        preferences.choose(customer.id(), frequency, Objects.requireNonNullElse(categories, List.of()), Proof.of(SOURCE, Wording.PREFERENCES, PAGE, request));
        return page(token, customer, asked ? "asked" : "saved", model);
    }

    /** A copy of one's data, or being forgotten: a link goes to the mailbox, because whoever has this page may have it from a mail that was passed on. */
    @PostMapping("/p/{token}/privacy")
    String ask(@PathVariable String token, @RequestParam String what, HttpServletRequest request, Model model) {
        var customer = links.preferences(token);
        attempts.count(token);
        var kind = what.equals("erase") ? Confirmation.Kind.ERASE : Confirmation.Kind.EXPORT;
        if (customer.email() != null) {
            confirmations.request(customer.id(), kind, Proof.of(SOURCE, null, PAGE, request));
        }
        return page(token, customer, "mailed", model);
    }

    private String page(String token, Customer customer, @Nullable String done, Model model) {
        var chosen = preferences.of(customer.id());
        var categories = new TreeSet<>(preferences.categories());
        model.addAttribute("token", token).addAttribute("customer", customer).addAttribute("channels", channelChoices.of(customer))
                .addAttribute("categories", categories.stream().map(key -> new CategoryChoice(key, Shown.words(key), !chosen.declined().contains(key))).toList())
                .addAttribute("frequency", chosen.frequency()).addAttribute("wording", Wording.PREFERENCES.text()).addAttribute("reasons", LeavingReason.values())
                .addAttribute("done", done);
        return "consent/preferences";
    }
}
