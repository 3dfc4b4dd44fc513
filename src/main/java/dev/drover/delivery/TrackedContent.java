package dev.drover.delivery;

import dev.drover.kernel.Channel;
import dev.drover.tracking.TrackedMails;
import dev.drover.tracking.TrackedMails.Mail;
import dev.drover.tracking.TrackedMails.Tracked;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/** What a message says once it leaves. The ledger keeps what it said before, so that looking at it there counts for nothing. */
@Component
class TrackedContent {

    private final TrackedMails mails;

    TrackedContent(TrackedMails mails) {
        this.mails = mails;
    }

    MessageContent of(long id, Channel channel, String type, Mailings.Tracking tracking, MessageContent content) {
        return tracking.clicks() ? with(tracking.opens() ? mails::of : mails::withoutPixel, id, channel, type, tracking.campaign(), content)
                : tracking.opens() ? with(mails::pixelOnly, id, channel, type, tracking.campaign(), content) : content;
    }

    /** Its links are tracked as they were when it left, opening it isn't. */
    MessageContent atAGlance(long id, Channel channel, String type, Mailings.Tracking tracking, MessageContent content) {
        return tracking.clicks() ? with(mails::withoutPixel, id, channel, type, tracking.campaign(), content) : content;
    }

    private static MessageContent with(Function<Mail, Tracked> tracking, long id, Channel channel, String type, String originId, MessageContent content) {
        if (channel != Channel.EMAIL) {
            return content;
        }
        var tracked = tracking.apply(new Mail(id, type.equals("marketing"), originId, content.html(), content.text()));
        return new MessageContent(content.subject(), content.preheader(), tracked.html(), tracked.text(), content.headers());
    }
}
