package dev.drover.delivery;

import dev.drover.audience.Shown;
import dev.drover.kernel.PlatformClock;
import dev.drover.kernel.Problem;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The messages that would have left, as the customer would see them. */
@Controller
@RequestMapping("/inbox")
class InboxPages {

    private static final int ROWS = 40;

    /** @param when the hour for today's, the day for older ones */
    record Row(Inbox.Item item, Shown.Time at, String when) {}

    private final Inbox inbox;
    private final MessageLedger ledger;
    private final Senders senders;
    private final Providers providers;
    private final TrackedContent tracked;
    private final Mailings mailings;
    private final PlatformClock clock;

    InboxPages(Inbox inbox, MessageLedger ledger, Senders senders, Providers providers, TrackedContent tracked, Mailings mailings, PlatformClock clock) {
        this.inbox = inbox;
        this.ledger = ledger;
        this.senders = senders;
        this.providers = providers;
        this.tracked = tracked;
        this.mailings = mailings;
        this.clock = clock;
    }

    @GetMapping
    String list(@RequestParam @Nullable String who, @RequestParam @Nullable String after, @RequestParam @Nullable String view,
            @RequestParam @Nullable String width, Model model) {
        var page = page(who, after, model);
        // A wide window shows the newest one beside the list; a narrow one only the list.
        page.items().stream().findFirst().ifPresent(newest -> open(newest.id(), true, view, width, model));
        model.addAttribute("chosen", false);
        return "delivery/inbox";
    }

    @GetMapping("/{id}")
    String one(@PathVariable long id, @RequestParam @Nullable String who, @RequestParam @Nullable String after, @RequestParam @Nullable String view,
            @RequestParam @Nullable String width, Model model) {
        mustBeThere(id);
        page(who, after, model);
        open(id, false, view, width, model);
        model.addAttribute("chosen", true);
        return "delivery/inbox";
    }

    /**
     * The mail as it was handed over: its links are counted, and so is opening it.
     *
     * @param glance it was not chosen but lies open beside the list: that isn't opening it
     */
    @GetMapping("/{id}/document")
    ResponseEntity<String> document(@PathVariable long id, @RequestParam(defaultValue = "false") boolean glance) {
        mustBeThere(id);
        String html = ledger.content(id).map(kept -> received(ledger.require(id), kept.content(), glance).html())
                .orElseThrow(() -> Problem.notFound("Message " + id + " has no HTML."));
        return MailDocument.of(html);
    }

    private void mustBeThere(long id) {
        if (inbox.capturedAt(id).isEmpty()) {
            throw Problem.notFound("There is no message " + id + " in the inbox.");
        }
    }

    private MessageContent received(Message message, MessageContent kept, boolean glance) {
        if (message.origin().type().equals(TestMessages.ORIGIN)) {
            return kept;
        }
        return glance ? tracked.atAGlance(message.id(), message.channel(), message.type(), mailings.trackingOf(message.id(), message.origin().id()), kept)
                : tracked.of(message.id(), message.channel(), message.type(), mailings.trackingOf(message.id(), message.origin().id()), kept);
    }

    private dev.drover.kernel.Page<Inbox.Item> page(@Nullable String who, @Nullable String after, Model model) {
        var page = inbox.list(who, after, ROWS);
        var today = clock.instant().atZone(ZoneOffset.UTC).toLocalDate();
        model.addAttribute("rows", page.items().stream().map(item -> row(item, item.at().atZone(ZoneOffset.UTC).toLocalDate().equals(today))).toList());
        model.addAttribute("next", page.next());
        model.addAttribute("first", after == null);
        model.addAttribute("after", after);
        model.addAttribute("who", Objects.requireNonNullElse(who, ""));
        model.addAttribute("mailLeaves", providers.leaves(dev.drover.kernel.Channel.EMAIL));
        return page;
    }

    private static Row row(Inbox.Item item, boolean today) {
        var at = Objects.requireNonNull(Shown.time(item.at()));
        return new Row(item, at, today ? at.clock() : at.day());
    }

    private void open(long id, boolean glance, @Nullable String view, @Nullable String width, Model model) {
        var message = ledger.require(id);
        Instant at = inbox.capturedAt(id).orElse(message.queuedAt());
        ledger.content(id).ifPresent(kept -> model.addAttribute("letter", Letter.of(message, received(message, kept.content(), glance), senders.standard(),
                "/inbox/" + id + "/document" + (glance ? "?glance=true" : ""))));
        model.addAttribute("message", message);
        model.addAttribute("at", Shown.time(at));
        model.addAttribute("here", "/inbox/" + id);
        LetterView.of(view, width).on(model);
    }
}
