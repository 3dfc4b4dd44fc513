package dev.drover.delivery;

import dev.drover.audience.Shown;
import dev.drover.delivery.MessageLedger.Filter;
import dev.drover.delivery.throughput.Throughput;
import dev.drover.kernel.Channel;
import dev.drover.kernel.Json;
import dev.drover.kernel.PlatformClock;
import dev.drover.kernel.Problem;
import dev.drover.tracking.Engagements;
import dev.drover.tracking.Engagements.Engagement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The ledger for people: what was sent, what wasn't, and why. */
@Controller
@RequestMapping("/messages")
class MessagePages {

    private static final int ROWS = 50;

    record Row(Message message, Shown.@Nullable Time queued, Shown.@Nullable Time notBefore, Shown.@Nullable Time sent) {}

    record StepRow(MessageLedger.Step what, Shown.@Nullable Time at) {}

    record EngagementRow(Engagement what, Shown.@Nullable Time at) {}

    private final MessageLedger ledger;
    private final Senders senders;
    private final Inbox inbox;
    private final Engagements engagements;
    private final PlatformClock clock;

    MessagePages(MessageLedger ledger, Senders senders, Inbox inbox, Engagements engagements, PlatformClock clock) {
        this.ledger = ledger;
        this.senders = senders;
        this.inbox = inbox;
        this.engagements = engagements;
        this.clock = clock;
    }

    @GetMapping
    String list(@RequestParam @Nullable String status, @RequestParam @Nullable String channel, @RequestParam @Nullable String customer,
            @RequestParam @Nullable String journey, @RequestParam @Nullable String template, @RequestParam @Nullable String since,
            @RequestParam @Nullable String after, Model model) {
        var filter = new Filter(given(customer), null, given(journey), given(channel), given(status), day(since), given(template));
        var page = ledger.list(filter, after, ROWS);
        model.addAttribute("rows", page.items().stream().map(MessagePages::row).toList());
        model.addAttribute("next", page.next());
        model.addAttribute("first", after == null);
        model.addAttribute("filter", filter);
        model.addAttribute("since", filter.since() == null ? "" : filter.since().atZone(ZoneOffset.UTC).toLocalDate().toString());
        model.addAttribute("filtered", !filter.equals(Filter.ALL));
        model.addAttribute("statuses", Message.STATUSES);
        model.addAttribute("channels", List.of(Channel.values()));
        return "delivery/messages";
    }

    @GetMapping("/tile")
    String tile(Model model) {
        var counts = ledger.countSince(clock.instant().atZone(ZoneOffset.UTC).toLocalDate().atStartOfDay(ZoneOffset.UTC).toInstant());
        model.addAttribute("count", Shown.number(counts.values().stream().mapToLong(Long::longValue).sum()));
        model.addAttribute("note", note(counts));
        return "delivery/message-tile :: tile";
    }

    private static String note(Map<String, Long> counts) {
        long waiting = counts.getOrDefault("queued", 0L) + counts.getOrDefault("deferred", 0L) + counts.getOrDefault("sending", 0L);
        long skipped = counts.getOrDefault("skipped", 0L);
        long lost = counts.getOrDefault("failed", 0L) + counts.getOrDefault("bounced", 0L) + counts.getOrDefault("unknown", 0L);
        var words = new java.util.ArrayList<String>();
        if (lost > 0) {
            words.add(Shown.number(lost) + " in trouble");
        }
        if (waiting > 0) {
            words.add(Shown.number(waiting) + " waiting");
        }
        if (skipped > 0) {
            words.add(Shown.number(skipped) + " skipped");
        }
        return words.isEmpty() ? counts.isEmpty() ? "none so far" : "all sent" : String.join(", ", words);
    }

    @GetMapping("/{id}")
    String one(@PathVariable long id, @RequestParam @Nullable String view, @RequestParam @Nullable String width, Model model) {
        var message = ledger.require(id);
        model.addAttribute("row", row(message));
        model.addAttribute("verdict", verdict(message));
        model.addAttribute("delivered", Shown.time(message.deliveredAt()));
        model.addAttribute("captured", inbox.capturedAt(id).isPresent());
        ledger.content(id).ifPresent(kept -> {
            model.addAttribute("letter", Letter.of(message, kept.content(), senders.standard(), "/messages/" + id + "/document"));
            model.addAttribute("data", Json.pretty(kept.data()));
        });
        model.addAttribute("steps", ledger.steps(id).stream().map(each -> new StepRow(each, Shown.time(each.at()))).toList());
        model.addAttribute("engagements", engagements.ofMessage(id).stream().map(each -> new EngagementRow(each, Shown.time(each.at()))).toList());
        model.addAttribute("here", "/messages/" + id);
        LetterView.of(view, width).on(model);
        return "delivery/message";
    }

    @GetMapping("/{id}/document")
    ResponseEntity<String> document(@PathVariable long id) {
        return MailDocument.of(ledger.content(id).map(kept -> kept.content().html()).filter(Objects::nonNull)
                .orElseThrow(() -> Problem.notFound("Message " + id + " has no HTML.")));
    }

    private static String verdict(Message message) {
        if (Throughput.HELD.equals(message.rule())) {
            return "Waits";
        }
        return switch (message.status()) {
            case "skipped" -> "Not sent";
            case "deferred" -> "Waits";
            case "queued", "sending" -> "Tried again soon";
            case "failed" -> "Not delivered";
            case "bounced" -> "Came back";
            case "unknown" -> "Sent or not: unknown";
            default -> "Note";
        };
    }

    private static Row row(Message message) {
        boolean waits = List.of("queued", "deferred").contains(message.status());
        return new Row(message, Shown.time(message.queuedAt()), waits ? Shown.time(message.notBefore()) : null, Shown.time(message.sentAt()));
    }

    private static @Nullable Instant day(@Nullable String text) {
        try {
            return given(text) == null ? null : LocalDate.parse(text.strip()).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeParseException e) {
            throw Problem.invalid("since", "A day is written like 2026-01-31.");
        }
    }

    private static @Nullable String given(@Nullable String value) {
        return value == null || value.isBlank() ? null : value.strip();
    }
}
