package dev.drover.delivery.email;

import com.sendgrid.helpers.mail.Mail;
import com.sendgrid.helpers.mail.objects.ClickTrackingSetting;
import com.sendgrid.helpers.mail.objects.Content;
import com.sendgrid.helpers.mail.objects.Email;
import com.sendgrid.helpers.mail.objects.OpenTrackingSetting;
import com.sendgrid.helpers.mail.objects.Personalization;
import com.sendgrid.helpers.mail.objects.SubscriptionTrackingSetting;
import com.sendgrid.helpers.mail.objects.TrackingSettings;
import dev.drover.delivery.ChannelProvider.Outbound;
import dev.drover.delivery.MessageContent;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeUtility;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A message as SendGrid's {@code mail/send} takes it (v3). What we composed is what shall arrive: none of its own tracking, no footer. */
final class SendGridMail {

    /** Our id, in each event SendGrid tells about the mail. */
    static final String ID = "drover_message";

    /** It refuses a mail that sets one of these. */
    private static final Set<String> RESERVED = Set.of("x-sg-id", "x-sg-eid", "received", "dkim-signature", "content-type", "content-transfer-encoding", "mime-version",
            "to", "from", "subject", "reply-to", "cc", "bcc", "date");

    private SendGridMail() {}

    /** @throws MessagingException for an address that can't be one: the recipient's, unless {@link #ours} finds it in the sender's */
    static String json(Outbound outbound) throws MessagingException, IOException {
        var content = outbound.content();
        var mail = new Mail();
        mail.setFrom(email(outbound.sender().fromAddress(), outbound.sender().name()));
        if (outbound.sender().replyTo() != null) {
            mail.setReplyTo(email(outbound.sender().replyTo(), null));
        }
        var recipient = new Personalization();
        recipient.addTo(email(outbound.address(), null));
        mail.addPersonalization(recipient);
        String subject = MailMessage.line(content.subject() == null ? "" : content.subject());
        // It takes neither a mail without a subject nor an empty part.
        mail.setSubject(subject.isEmpty() ? "(no subject)" : subject);
        body(mail, content);
        headers(mail, outbound);
        mail.addCustomArg(ID, Long.toString(outbound.id()));
        mail.addCategory("drover");
        mail.addCategory("sender-" + outbound.sender().key());
        mail.setTrackingSettings(noTracking());
        return mail.build();
    }

    /** Whether the sender's own address is the one that can't be one. */
    static boolean ours(Outbound outbound) {
        try {
            email(outbound.sender().fromAddress(), outbound.sender().name());
            if (outbound.sender().replyTo() != null) {
                email(outbound.sender().replyTo(), null);
            }
            return false;
        } catch (MessagingException e) {
            return true;
        }
    }

    private static Email email(String address, @Nullable String name) throws MessagingException {
        String checked = MailMessage.address(address, null).getAddress();
        return name == null ? new Email(checked) : new Email(checked, MailMessage.line(name));
    }

    /** The text first, the HTML after it: the order it wants. */
    private static void body(Mail mail, MessageContent content) {
        if (!content.text().isBlank() || content.html() == null || content.html().isBlank()) {
            mail.addContent(new Content("text/plain", content.text().isBlank() ? " " : content.text()));
        }
        if (content.html() != null && !content.html().isBlank()) {
            mail.addContent(new Content("text/html", content.html()));
        }
    }

    private static void headers(Mail mail, Outbound outbound) throws IOException {
        for (var header : outbound.content().headers().entrySet()) {
            String value = MailMessage.line(header.getValue());
            if (MailMessage.HEADER_NAME.matcher(header.getKey()).matches() && !RESERVED.contains(header.getKey().toLowerCase(Locale.ROOT)) && !value.isEmpty()) {
                mail.addHeader(header.getKey(), MimeUtility.encodeText(value, StandardCharsets.UTF_8.name(), null));
            }
        }
        mail.addHeader("Message-ID", outbound.messageId());
    }

    private static TrackingSettings noTracking() {
        var clicks = new ClickTrackingSetting();
        clicks.setEnable(false);
        clicks.setEnableText(false);
        var opens = new OpenTrackingSetting();
        opens.setEnable(false);
        var subscriptions = new SubscriptionTrackingSetting();
        subscriptions.setEnable(false);
        var none = new TrackingSettings();
        none.setClickTrackingSetting(clicks);
        none.setOpenTrackingSetting(opens);
        none.setSubscriptionTrackingSetting(subscriptions);
        return none;
    }
}
