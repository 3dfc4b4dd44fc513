package dev.drover.delivery.email;

import dev.drover.delivery.ChannelProvider.Outbound;
import dev.drover.delivery.MessageContent;
import jakarta.activation.DataHandler;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.PreencodedMimeBodyPart;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FastByteArrayOutputStream;

/** A message as RFC 5322 wants it: text and HTML as alternatives, UTF-8, its own Message-ID, and no way to slip in a header. */
final class MailMessage extends MimeMessage {

    private static final String QUOTED_PRINTABLE = "quoted-printable";
    private static final String UTF8 = StandardCharsets.UTF_8.name();
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\u2028\\u2029]+");
    static final Pattern HEADER_NAME = Pattern.compile("[!-9;-~]{1,76}");

    private final String id;

    private MailMessage(Session session, String id) {
        super(session);
        this.id = id;
    }

    /** @throws MessagingException for an address that can't be one */
    static MailMessage of(Session session, Outbound outbound, Instant now) throws MessagingException {
        var message = new MailMessage(session, outbound.messageId());
        var sender = outbound.sender();
        message.setFrom(address(sender.fromAddress(), sender.name()));
        if (sender.replyTo() != null) {
            message.setReplyTo(new InternetAddress[] {address(sender.replyTo(), null)});
        }
        message.setRecipient(RecipientType.TO, address(outbound.address(), null));
        message.setSubject(line(outbound.content().subject() == null ? "" : outbound.content().subject()), UTF8);
        message.setSentDate(Date.from(now));
        for (var header : outbound.content().headers().entrySet()) {
            if (HEADER_NAME.matcher(header.getKey()).matches()) {
                message.setHeader(header.getKey(), line(header.getValue()));
            }
        }
        body(message, outbound.content());
        message.saveChanges();
        return message;
    }

    /** Quoted-printable whatever it holds: looking for what would do costs as much as encoding, and any relay leaves it as it was signed. */
    private static void body(MimeMessage message, MessageContent content) throws MessagingException {
        if (content.html() == null) {
            message.setDataHandler(text("plain", content.text().getBytes(StandardCharsets.UTF_8)));
            message.setHeader("Content-Transfer-Encoding", QUOTED_PRINTABLE);
            return;
        }
        // The last one is the one preferred (RFC 2046, 5.1.4).
        message.setContent(new MimeMultipart("alternative", part("plain", content.text()), part("html", content.html())));
    }

    private static MimeBodyPart part(String subtype, String text) throws MessagingException {
        var part = new PreencodedMimeBodyPart(QUOTED_PRINTABLE);
        part.setDataHandler(text(subtype, QuotedPrintable.of(text)));
        // Unsaid, it would be read through to find out.
        part.setHeader("Content-Transfer-Encoding", QUOTED_PRINTABLE);
        return part;
    }

    private static DataHandler text(String subtype, byte[] bytes) {
        return new DataHandler(new ByteArrayDataSource(bytes, "text/" + subtype + "; charset=UTF-8"));
    }

    static InternetAddress address(String address, @Nullable String name) throws MessagingException {
        if (!address.equals(line(address))) {
            throw new jakarta.mail.internet.AddressException("An address is one line.", address);
        }
        try {
            var internet = new InternetAddress(address, true);
            if (name != null) {
                internet.setPersonal(line(name), UTF8);
            }
            return internet;
        } catch (UnsupportedEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A line break in a name, a subject or a header would begin another header (CWE-93). */
    static String line(String text) {
        return CONTROL.matcher(text).replaceAll(" ").strip();
    }

    /** As a whole: encoders write single bytes, and a connection's buffer is locked for each of them. */
    @Override
    public void writeTo(OutputStream out, String @Nullable [] ignored) throws IOException, MessagingException {
        var whole = new FastByteArrayOutputStream(16_384);
        super.writeTo(whole, ignored);
        whole.writeTo(out);
    }

    @Override
    protected void updateMessageID() throws MessagingException {
        setHeader("Message-ID", id);
    }
}
