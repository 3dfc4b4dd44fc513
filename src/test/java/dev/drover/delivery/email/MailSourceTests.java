package dev.drover.delivery.email;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.delivery.ChannelProvider.Outbound;
import dev.drover.delivery.MessageContent;
import dev.drover.delivery.Sender;
import dev.drover.kernel.Channel;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** A marketing mail opened as source, and held against the RFCs line by line, without the help of the library that wrote it. */
class MailSourceTests {

    private static final Instant NOW = Instant.parse("2026-11-24T08:09:10Z");
    private static final String NAME = "Meadow & Churn Dairy, „Käse“";
    private static final String SUBJECT = "Grüße aus dem Polder: Käse, Milch und Joghurt 🐄, und was die Jahreszeit sonst noch bringt, Ende November";

    private final String source = source("marie@xn--bcher-kva.example", SUBJECT);

    @Test
    void everyLineEndsAndIsAsLongAsItMay() {
        assertThat(source.replace("\r\n", "")).as("RFC 5322, 2.3: no CR or LF alone").doesNotContain("\r").doesNotContain("\n");
        assertThat(source.lines()).as("RFC 5322, 2.1.1: at most 998 characters").allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(998));
        assertThat(source.chars()).as("RFC 5322, 2.1: ASCII").allMatch(one -> one < 128 && one != 0);
        assertThat(head().lines()).as("RFC 5322, 2.2: name, colon; or folded").allMatch(line -> line.matches("[!-9;-~]+:.*|[ \\t]+\\S.*"));
        assertThat(head().lines().filter(line -> line.strip().replaceFirst("^[!-9;-~]+: ", "").contains(" "))).as("RFC 5322, 2.1.1: at most 78 wherever there is a place to fold")
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(78));
    }

    @Test
    void eachHeaderIsThereOnceAndNoneThatMustNotBe() {
        assertThat(headers().keySet()).as("RFC 5322, 3.6; RFC 2045, 4; RFC 2369; RFC 8058; RFC 2919; RFC 3834").containsExactlyInAnyOrder("date", "from", "reply-to", "to", "message-id", "subject",
                "mime-version", "content-type", "list-unsubscribe", "list-unsubscribe-post", "list-id", "auto-submitted");
        assertThat(headers().values()).allSatisfy(values -> assertThat(values).hasSize(1));
    }

    @Test
    void datesAndNamesItself() throws Exception {
        assertThat(OffsetDateTime.parse(header("date").replaceAll("\\s*\\(.*\\)$", ""), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant()).as("RFC 5322, 3.3").isEqualTo(NOW);
        assertThat(header("message-id")).as("RFC 5322, 3.6.4: unique, in angle brackets, of a domain of ours").matches("<[A-Za-z0-9.]+@meadow-and-churn\\.example>");
        assertThat(MimeUtility.decodeText(header("from"))).as("RFC 5322, 3.4; RFC 2047").isIn(NAME + " <hello@meadow-and-churn.example>", "\"" + NAME + "\" <hello@meadow-and-churn.example>");
        assertThat(header("from")).as("RFC 2047, 5: words are encoded in a phrase, not within quotes").matches("(=\\?UTF-8\\?[QB]\\?[^? ]+\\?=\\s*)+ <hello@meadow-and-churn\\.example>");
        assertThat(header("reply-to")).isEqualTo("care@meadow-and-churn.example");
        assertThat(header("to")).as("RFC 5890: a domain in its ASCII form").isEqualTo("marie@xn--bcher-kva.example");
        assertThat(MimeUtility.decodeText(header("subject"))).isEqualTo(SUBJECT);
        assertThat(header("subject").split("\\s+")).as("RFC 2047, 2: an encoded word has 75 characters at most").allSatisfy(word -> assertThat(word.length()).isLessThanOrEqualTo(75));
    }

    @Test
    void tellsHowToLeaveAndThatAProgramWroteIt() {
        assertThat(header("list-unsubscribe")).as("RFC 2369; RFC 8058, 3.1: one https URI at least").startsWith("<https://drover.example/u/").endsWith(">");
        assertThat(header("list-unsubscribe-post")).as("RFC 8058, 3.1: to the letter").isEqualTo("List-Unsubscribe=One-Click");
        assertThat(header("list-id")).as("RFC 2919, 3").matches("<[A-Za-z0-9.-]+>");
        assertThat(header("auto-submitted")).as("RFC 3834, 5").isEqualTo("auto-generated");
    }

    @Test
    void hasTextAndHtmlInThatOrder() throws Exception {
        assertThat(header("mime-version")).as("RFC 2045, 4").isEqualTo("1.0");
        var type = java.util.regex.Pattern.compile("multipart/alternative;\\s*boundary=\"([^\"]{1,70})\"").matcher(header("content-type"));
        assertThat(type.matches()).as("RFC 2046, 5.1.1").isTrue();
        String boundary = type.group(1);
        String[] parts = source.substring(source.indexOf("\r\n\r\n") + 4).split("(?m)^--" + java.util.regex.Pattern.quote(boundary) + "(--)?[ \\t]*\\r\\n");
        assertThat(parts).as("RFC 2046, 5.1.4: a preamble, the plainest first, the best last").hasSize(3);
        assertThat(source.strip()).endsWith("--" + boundary + "--");
        for (int n = 1; n <= 2; n++) {
            String head = parts[n].substring(0, parts[n].indexOf("\r\n\r\n"));
            assertThat(head).containsPattern("(?i)content-type: text/" + (n == 1 ? "plain" : "html") + ";\\s*charset=\"?utf-8\"?").containsPattern("(?i)content-transfer-encoding: (quoted-printable|base64)");
            assertThat(parts[n].lines()).as("RFC 2045, 6.7 and 6.8").allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(76));
            String encoding = head.toLowerCase(java.util.Locale.ROOT).contains("base64") ? "base64" : "quoted-printable";
            var body = MimeUtility.decode(new java.io.ByteArrayInputStream(parts[n].substring(parts[n].indexOf("\r\n\r\n") + 4).getBytes(StandardCharsets.US_ASCII)), encoding);
            assertThat(new String(body.readAllBytes(), StandardCharsets.UTF_8)).contains("Käse & Milch".replace("&", n == 2 ? "&amp;" : "&"));
        }
    }

    @Test
    void whatSomebodyTypesIsNeverAHeader() {
        String hostile = source("marie@example.org", "Hi\r\nBcc: x@example.org\r\n\r\n<html>\u2028X-Four: 4\u0085X-Five: 5");
        assertThat(head(hostile)).doesNotContainPattern("(?mi)^(bcc|x-four|x-five|<html)");
    }

    private String header(String name) {
        return headers().get(name).getFirst();
    }

    /** By small name, unfolded (RFC 5322, 2.2.3). */
    private Map<String, List<String>> headers() {
        var headers = new LinkedHashMap<String, List<String>>();
        head().replaceAll("\\r\\n(?=[ \\t])", "").lines().forEach(line -> headers.computeIfAbsent(line.substring(0, line.indexOf(':')).toLowerCase(java.util.Locale.ROOT), none -> new java.util.ArrayList<>())
                .add(line.substring(line.indexOf(':') + 1).strip()));
        return headers;
    }

    private String head() {
        return head(source);
    }

    private static String head(String source) {
        return source.substring(0, source.indexOf("\r\n\r\n"));
    }

    private static String source(String to, String subject) {
        try {
            var sender = new Sender("main", NAME, "hello@meadow-and-churn.example", "care@meadow-and-churn.example", "Polderweg 7", null);
            var content = new MessageContent(subject, null, "<p>Käse &amp; Milch " + "und noch viel mehr davon, ".repeat(100) + "</p>", "Käse & Milch " + "lang ".repeat(400),
                    Map.of("List-Unsubscribe", "<https://drover.example/u/" + "tRBVO9LVULUESFa-v9RbsDE4".repeat(2) + ">", "List-Unsubscribe-Post", "List-Unsubscribe=One-Click",
                            "List-Id", "<newsletter.meadow-and-churn.example>", "Auto-Submitted", "auto-generated"));
            var mail = MailMessage.of(Session.getInstance(new Properties()), new Outbound(7, Channel.EMAIL, to, sender, content, NOW), NOW);
            var bytes = new ByteArrayOutputStream();
            mail.writeTo(bytes);
            return bytes.toString(StandardCharsets.ISO_8859_1);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
