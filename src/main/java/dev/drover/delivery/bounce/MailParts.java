package dev.drover.delivery.bounce;

import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeUtility;
import jakarta.mail.util.SharedByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A mail taken to pieces, as far as is sensible: at most so large, so deep, so many parts. What is broken in it is read as it stands, or left out;
 * a mail is never refused for a wrong charset.
 */
final class MailParts {

    /** What tells why stands at the beginning; what follows is the message itself. */
    private static final int MOST_BYTES = 1 << 20;
    private static final int MOST_TEXT = 128 * 1_024;
    private static final int MOST_PARTS = 100;
    private static final int MOST_BOUNDARIES = 2_000;
    private static final int DEEPEST = 8;

    private static final List<String> USUAL = List.of("From", "To", "Subject", "Date", "Message-ID", "Received", "Return-Path", "MIME-Version", "Content-Type");

    private final MimeMessage message;
    private final List<String> plain = new ArrayList<>();
    private final List<String> html = new ArrayList<>();
    private final List<String> statuses = new ArrayList<>();
    private final List<String> feedback = new ArrayList<>();
    private final List<String> originals = new ArrayList<>();
    private int seen;

    private MailParts(MimeMessage message) {
        this.message = message;
    }

    static MailParts of(byte[] raw) throws MessagingException, IOException {
        byte[] mail = withoutEnvelope(raw.length > MOST_BYTES ? Arrays.copyOf(raw, MOST_BYTES) : raw);
        var parts = new MailParts(new MimeMessage(null, new SharedByteArrayInputStream(mail)));
        if (!parts.hasHeader()) {
            throw new MessagingException("There is no header a mail has");
        }
        if (boundaries(mail) > MOST_BOUNDARIES) {
            parts.plain.add(text(parts.message.getRawInputStream(), null));
        } else {
            parts.read(parts.message, 0);
        }
        return parts;
    }

    /** Any text before a blank line passes for headers; a mail has one of these. */
    private boolean hasHeader() throws MessagingException {
        for (String name : USUAL) {
            if (message.getHeader(name) != null) {
                return true;
            }
        }
        return false;
    }

    /** The line that mailbox files put before each mail is no header. */
    private static byte[] withoutEnvelope(byte[] mail) {
        int at = 0;
        while (at < mail.length && (mail[at] == '\n' || mail[at] == '\r')) {
            at++;
        }
        if (mail.length > at + 5 && new String(mail, at, 5, StandardCharsets.US_ASCII).equals("From ")) {
            while (at < mail.length && mail[at] != '\n') {
                at++;
            }
            at++;
        }
        return at == 0 ? mail : Arrays.copyOfRange(mail, Math.min(at, mail.length), mail.length);
    }

    private static int boundaries(byte[] mail) {
        int count = 0;
        for (int at = 2; at < mail.length; at++) {
            if (mail[at] == '-' && mail[at - 1] == '-' && mail[at - 2] == '\n') {
                count++;
            }
        }
        return count;
    }

    private void read(Part part, int depth) {
        if (++seen > MOST_PARTS) {
            return;
        }
        try {
            String type = type(part);
            if (type.startsWith("multipart/") && depth < DEEPEST && part.getContent() instanceof Multipart several) {
                for (int n = 0; n < several.getCount() && seen <= MOST_PARTS; n++) {
                    read(several.getBodyPart(n), depth + 1);
                }
            } else {
                keep(type, part);
            }
        } catch (MessagingException | IOException | RuntimeException broken) {
            // A body nobody can take apart is still text that may tell why.
            asItStands(part);
        }
    }

    private void keep(String type, Part part) throws MessagingException, IOException {
        String text = text(part.getInputStream(), charset(part));
        switch (type) {
            case "message/delivery-status", "message/global-delivery-status" -> statuses.add(text);
            case "message/feedback-report" -> feedback.add(text);
            case "message/rfc822", "message/global", "message/partial" -> originals.add(text);
            case "text/rfc822-headers", "message/rfc822-headers", "message/global-headers" -> originals.add(text);
            case "text/html" -> html.add(withoutTags(text));
            default -> {
                if (type.startsWith("text/") || type.startsWith("message/") || type.startsWith("multipart/")) {
                    plain.add(text);
                }
            }
        }
    }

    private void asItStands(Part part) {
        try {
            plain.add(text(part instanceof MimeMessage whole ? whole.getRawInputStream() : part.getInputStream(), null));
        } catch (MessagingException | IOException | RuntimeException unreadable) {
            // Nothing to be had from this part.
        }
    }

    private static String type(Part part) {
        try {
            String header = part.getContentType();
            int end = header.indexOf(';');
            return (end < 0 ? header : header.substring(0, end)).strip().toLowerCase(Locale.ROOT);
        } catch (MessagingException | RuntimeException e) {
            return "text/plain";
        }
    }

    private static @Nullable String charset(Part part) {
        try {
            return new ContentType(part.getContentType()).getParameter("charset");
        } catch (MessagingException | RuntimeException e) {
            return null;
        }
    }

    private static String text(InputStream in, @Nullable String charset) throws IOException {
        byte[] bytes = in.readNBytes(MOST_TEXT);
        if (charset != null) {
            try {
                return new String(bytes, Charset.forName(MimeUtility.javaCharset(charset))).replace("\r\n", "\n");
            } catch (IllegalArgumentException unknown) {
                // Read as below.
            }
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        return (text.indexOf('\ufffd') < 0 ? text : new String(bytes, StandardCharsets.ISO_8859_1)).replace("\r\n", "\n");
    }

    private static String withoutTags(String html) {
        var text = new StringBuilder(html.length());
        boolean tag = false;
        for (int at = 0; at < html.length(); at++) {
            char one = html.charAt(at);
            if (one == '<') {
                tag = true;
                text.append(html.startsWith("<br", at) || html.startsWith("<p", at) || html.startsWith("</", at) ? '\n' : ' ');
            } else if (one == '>') {
                tag = false;
            } else if (!tag) {
                text.append(one);
            }
        }
        return text.toString().replace("&lt;", "<").replace("&gt;", ">").replace("&nbsp;", " ").replace("&quot;", "\"").replace("&amp;", "&");
    }

    /** Decoded, on one line; empty: there is none. */
    String header(String name) {
        try {
            String[] values = message.getHeader(name);
            return values == null || values.length == 0 ? "" : MimeUtility.decodeText(MimeUtility.unfold(unencoded(Classifier.cut(values[0], 4_000)))).strip();
        } catch (MessagingException | IOException | RuntimeException e) {
            return "";
        }
    }

    /** Some write UTF-8 into a header without encoding it (RFC 6532, or no thought at all). */
    private static String unencoded(String header) {
        if (header.chars().allMatch(one -> one < 0x80) || header.chars().anyMatch(one -> one > 0xff)) {
            return header;
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(header.getBytes(StandardCharsets.ISO_8859_1))).toString();
        } catch (CharacterCodingException anotherCharset) {
            return header;
        }
    }

    /** What people are told: text where there is any, else HTML without its tags. */
    String notice() {
        return Classifier.cut(String.join("\n", plain.stream().anyMatch(text -> !text.isBlank()) ? plain : html), MOST_TEXT);
    }

    List<String> statuses() {
        return statuses;
    }

    List<String> feedback() {
        return feedback;
    }

    /** The messages that came back, or their headers. */
    List<String> originals() {
        return originals;
    }
}
