package dev.drover.tracking;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * A mail as it leaves: its links lead through us, a pixel tells that it was opened. The same mail always becomes the same, so it needn't be kept:
 * the ledger holds what the author's template said. Call it outside of transactions.
 */
@Component
public class TrackedMails {

    /**
     * @param marketing whether it is; others are tracked only where a setting says so
     * @param campaign  the journey or campaign that asked for it, as the shop's statistics shall name it
     * @param html      {@code null}: text only
     */
    public record Mail(long messageId, boolean marketing, String campaign, @Nullable String html, String text) {}

    public record Tracked(@Nullable String html, String text) {}

    /** Nobody sees it, nor hears it read out, nor reaches it by keys. It comes first, as scanners go from top to bottom. */
    private static final String TRAP = "<a href=\"%s\" style=\"display:none;mso-hide:all\" aria-hidden=\"true\" tabindex=\"-1\" rel=\"nofollow\"></a>";
    private static final String PIXEL = "<img src=\"%s\" width=\"1\" height=\"1\" alt=\"\" style=\"display:block;width:1px;height:1px;border:0\">";

    private final Targets targets;
    private final Links links;
    private final TrackingTokens tokens;
    private final TrackingSettings settings;

    TrackedMails(Targets targets, Links links, TrackingTokens tokens, TrackingSettings settings) {
        this.targets = targets;
        this.links = links;
        this.tokens = tokens;
        this.settings = settings;
    }

    public Tracked of(Mail mail) {
        return tracked(mail, PIXEL.formatted(tokens.pixel(mail.messageId())));
    }

    /** For who glances at a mail without opening it: links are tracked, opening isn't. */
    public Tracked withoutPixel(Mail mail) {
        return tracked(mail, "");
    }

    /** Opening it is tracked, its links aren't. */
    public Tracked pixelOnly(Mail mail) {
        return mail.html() == null || !mail.marketing() && !settings.transactional() ? new Tracked(mail.html(), mail.text())
                : new Tracked(HtmlLinks.of(mail.html()).with(link -> null, "", PIXEL.formatted(tokens.pixel(mail.messageId()))), mail.text());
    }

    private Tracked tracked(Mail mail, String pixel) {
        if (!mail.marketing() && !settings.transactional()) {
            return new Tracked(mail.html(), mail.text());
        }
        var html = mail.html() == null ? null : HtmlLinks.of(mail.html());
        var text = new TextLinks(mail.text());
        var found = new ArrayList<>(text.urls());
        if (html != null) {
            found.addAll(html.urls());
        }
        Map<String, String> leads = new HashMap<>();
        found.forEach(link -> targets.of(link, mail.campaign()).ifPresent(target -> leads.put(link, target)));
        Map<String, Long> ids = links.idsOf(new HashSet<>(leads.values()));
        Map<String, String> tracked = new HashMap<>();
        leads.forEach((link, target) -> tracked.put(link, tokens.link(mail.messageId(), ids.get(target))));
        String trap = settings.trap() ? TRAP.formatted(tokens.link(mail.messageId(), TrackingTokens.TRAP)) : "";
        return new Tracked(html == null ? null : html.with(tracked::get, trap, pixel), text.with(tracked::get));
    }
}
