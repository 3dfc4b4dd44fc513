package dev.drover.delivery.hooks;

import dev.drover.audience.Shown;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** What providers told: of one message, a part of its page; and what fits none of ours. */
@Controller
class ToldPages {

    private static final int ROWS = 50;
    private static final Map<String, String> NAMES = Map.of(SendGridHook.NAME, "SendGrid", SesHook.NAME, "Amazon SES", TwilioHook.NAME, "Twilio");

    record OfMessage(String provider, String words, Shown.@Nullable Time at) {}

    record Aside(String provider, String words, Shown.@Nullable Time at, @Nullable String reason, @Nullable String raw) {}

    private final KeptEvents kept;

    ToldPages(KeptEvents kept) {
        this.kept = kept;
    }

    @GetMapping("/messages/{id}/told")
    String ofMessage(@PathVariable long id, Model model) {
        model.addAttribute("told", kept.ofMessage(id).stream().map(one -> new OfMessage(name(one.provider()), Told.Kind.inWords(one.kind()), Shown.time(one.at()))).toList());
        return "delivery/told :: told";
    }

    @GetMapping("/messages/aside")
    String aside(@RequestParam(defaultValue = "0") long before, Model model) {
        List<KeptEvents.Aside> found = kept.aside(before <= 0 ? Long.MAX_VALUE : before, ROWS + 1);
        var shown = found.subList(0, Math.min(ROWS, found.size()));
        model.addAttribute("rows", shown.stream().map(one -> new Aside(name(one.provider()), Told.Kind.inWords(one.kind()), Shown.time(one.receivedAt()), one.reason(), one.raw())).toList());
        model.addAttribute("next", found.size() > ROWS ? shown.getLast().id() : null);
        model.addAttribute("first", before <= 0);
        return "delivery/aside";
    }

    private static String name(String provider) {
        return NAMES.getOrDefault(provider, provider);
    }
}
