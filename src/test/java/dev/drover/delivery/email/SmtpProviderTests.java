package dev.drover.delivery.email;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import dev.drover.delivery.ChannelContract;
import dev.drover.delivery.ChannelProvider;
import dev.drover.delivery.ChannelProvider.Outbound;
import dev.drover.delivery.ChannelProvider.Result;
import dev.drover.delivery.ChannelProvider.Result.Cause;
import dev.drover.delivery.MessageContent;
import dev.drover.delivery.Sender;
import dev.drover.kernel.Channel;
import dev.drover.kernel.PlatformClock;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a real SMTP server, and against one that misbehaves on purpose. */
class SmtpProviderTests implements ChannelContract {

    private static final Instant NOW = Instant.parse("2026-03-02T10:00:00Z");
    private static final AtomicLong IDS = new AtomicLong(1);

    private final PlatformClock clock = new PlatformClock(Clock.fixed(NOW, ZoneOffset.UTC), false, Duration.ZERO);
    private final GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private SmtpProvider provider = to(0, null, null);

    @BeforeEach
    void start() {
        server.start();
        provider = to(server.getSmtp().getPort(), null, null);
    }

    @AfterEach
    void stop() {
        provider.close();
        server.stop();
    }

    @Override
    public ChannelProvider provider() {
        return provider;
    }

    @Override
    public Outbound outbound(MessageContent content) {
        return outbound("sam@example.org", content, "Meadow & Churn Dairy");
    }

    @Override
    public int received(Outbound message) throws Exception {
        return (int) Arrays.stream(server.getReceivedMessages()).filter(mail -> message.messageId().equals(header(mail, "Message-ID"))).count();
    }

    @Test
    void bothPartsAndAllHeadersArrive() throws Exception {
        var message = outbound(new MessageContent("Grüße aus dem Polder", null, "<p>Käse &amp; Milch</p>", "Käse & Milch",
                Map.of("List-Unsubscribe", "<http://localhost/u/abc>", "List-Unsubscribe-Post", "List-Unsubscribe=One-Click")));
        assertThat(provider.send(message)).isEqualTo(new Result.Taken(message.messageId()));
        var mail = server.getReceivedMessages()[0];
        assertThat(mail.getSubject()).isEqualTo("Grüße aus dem Polder");
        assertThat(mail.getFrom()).containsExactly(new InternetAddress("hello@meadow.example", "Meadow & Churn Dairy"));
        assertThat(mail.getReplyTo()).containsExactly(new InternetAddress("care@meadow.example"));
        assertThat(mail.getSentDate()).isEqualTo(NOW);
        assertThat(header(mail, "List-Unsubscribe")).isEqualTo("<http://localhost/u/abc>");
        assertThat(header(mail, "List-Unsubscribe-Post")).isEqualTo("List-Unsubscribe=One-Click");
        assertThat(mail.getContentType()).startsWith("multipart/alternative");
        var parts = (MimeMultipart) mail.getContent();
        assertThat(parts.getBodyPart(0).getContentType()).isEqualToIgnoringCase("text/plain; charset=UTF-8");
        assertThat(parts.getBodyPart(0).getContent()).isEqualTo("Käse & Milch");
        assertThat(parts.getBodyPart(1).getContentType()).isEqualToIgnoringCase("text/html; charset=UTF-8");
        assertThat(parts.getBodyPart(1).getContent()).isEqualTo("<p>Käse &amp; Milch</p>");
    }

    @Test
    void theSameMessageAgainHasTheSameIdSoThatTheOtherSideCanTell() throws Exception {
        var message = outbound(content());
        provider.send(message);
        provider.send(message);
        assertThat(received(message)).isEqualTo(2);
    }

    @Test
    void aLineBreakInANameOrSubjectIsNoHeader() {
        provider.send(outbound("sam@example.org", new MessageContent("Hi\r\nBcc: a@example.org\r\n\r\nbody", null, null, "text",
                Map.of("X-Note", "one\r\nX-Two: two", "X-Bad\r\nX-Three", "three")), "Meadow\r\nX-Four: four"));
        var mail = server.getReceivedMessages()[0];
        assertThat(GreenMailUtil.getHeaders(mail)).doesNotContainPattern("(?mi)^(Bcc|X-Two|X-Three|X-Four|body)");
        assertThat(server.getReceivedMessages()).hasSize(1);
    }

    @Test
    void anAddressThatIsNoneIsRefusedForGood() {
        for (String address : List.of("sam", "sam@", "sam@example.org\r\nRCPT TO:<x@example.org>", "a b@example.org", "@example.org")) {
            assertThat(provider.send(outbound(address, content(), "Meadow"))).as(address).isInstanceOf(Result.Permanent.class);
        }
        assertThat(server.getReceivedMessages()).isEmpty();
    }

    @Test
    void aServerThatIsAwayIsABadDay() {
        server.stop();
        assertThat(provider.send(outbound(content()))).isInstanceOfSatisfying(Result.Temporary.class, result -> {
            assertThat(result.reason()).contains("can't be reached");
            assertThat(result.cause()).isEqualTo(Cause.AWAY);
        });
    }

    @Test
    void theServersWordsDecide() throws Exception {
        assertThat(with("RCPT", "550 5.1.1 no such user")).isInstanceOfSatisfying(Result.Permanent.class, result -> assertThat(result.reason()).contains("no such user"));
        assertThat(with("RCPT", "451 4.3.0 greylisted")).isInstanceOfSatisfying(Result.Temporary.class, result -> assertThat(result.reason()).contains("greylisted"));
        assertThat(with("RCPT", "452 4.2.2 mailbox full")).isInstanceOf(Result.Temporary.class);
        assertThat(with("RCPT", "530 5.7.0 log in first")).isInstanceOf(Result.Temporary.class);
        assertThat(with("MAIL", "550 5.7.1 sender not allowed")).isInstanceOfSatisfying(Result.Temporary.class, result -> assertThat(result.reason()).contains("our address"));
        assertThat(with("DATA", "421 4.3.2 going down")).isInstanceOf(Result.Temporary.class);
        assertThat(with(".", "554 5.7.1 looks like spam")).isInstanceOf(Result.Permanent.class);
        assertThat(with(".", "451 4.3.0 try later")).isInstanceOf(Result.Temporary.class);
    }

    @Test
    void theServersWordsSayWhoseFaultItIs() throws Exception {
        for (String word : List.of("RCPT 451 4.3.0 greylisted", "RCPT 452 4.2.2 mailbox full", ". 451 4.3.0 try later", "MAIL 452 4.3.1 no room")) {
            assertThat(cause(word)).as(word).isEqualTo(Cause.MESSAGE);
        }
        for (String word : List.of("MAIL 550 5.7.1 sender not allowed", "RCPT 530 5.7.0 log in first")) {
            assertThat(cause(word)).as(word).isEqualTo(Cause.OURS);
        }
        assertThat(cause("RCPT 421 4.3.2 going down")).isEqualTo(Cause.PROVIDER);
        assertThat(((Result.Temporary) with("DATA", MisbehavingServer.HANG_UP)).cause()).isEqualTo(Cause.PROVIDER);
    }

    private Cause cause(String word) throws Exception {
        int step = word.indexOf(' ');
        return ((Result.Temporary) with(word.substring(0, step), word.substring(step + 1))).cause();
    }

    @Test
    void onlyALossAfterTheLastLineIsUnclear() throws Exception {
        for (String step : List.of("EHLO", "MAIL", "RCPT", "DATA")) {
            assertThat(with(step, MisbehavingServer.HANG_UP)).as(step).isInstanceOf(Result.Temporary.class);
        }
        assertThat(with(".", MisbehavingServer.HANG_UP)).isInstanceOf(Result.Unclear.class);
    }

    @Test
    void aConnectionTheServerClosedMeanwhileIsReplacedUnseen() throws Exception {
        for (String answer : List.of(MisbehavingServer.HANG_UP, "421 4.4.2 that was long enough")) {
            for (String step : List.of("MAIL", "RCPT", "DATA")) {
                try (var tired = new MisbehavingServer(step, answer, 2); var other = to(tired.port(), null, null)) {
                    assertThat(other.send(outbound(content()))).isInstanceOf(Result.Taken.class);
                    assertThat(other.send(outbound(content()))).as(step + " " + answer).isInstanceOf(Result.Taken.class);
                    assertThat(tired.connections()).isEqualTo(2);
                }
            }
        }
        try (var tired = new MisbehavingServer(".", MisbehavingServer.HANG_UP, 2); var other = to(tired.port(), null, null)) {
            other.send(outbound(content()));
            assertThat(other.send(outbound(content()))).as("it may have been taken").isInstanceOf(Result.Unclear.class);
            assertThat(tired.connections()).isEqualTo(1);
        }
    }

    @Test
    void aRefusedLogInIsOurMistakeNotTheAddresses() {
        server.setUser("drover@example.org", "drover", "right");
        server.getUserManager().setAuthRequired(true);
        try (var wrong = to(server.getSmtp().getPort(), "drover", "wrong"); var right = to(server.getSmtp().getPort(), "drover", "right")) {
            assertThat(wrong.send(outbound(content()))).isInstanceOfSatisfying(Result.Temporary.class, result -> assertThat(result.reason()).contains("DROVER_SMTP_USER"));
            assertThat(right.send(outbound(content()))).isInstanceOf(Result.Taken.class);
        }
    }

    @Test
    void withoutTheEncryptionAskedForNothingIsSaid() {
        try (var strict = new SmtpProvider(new SmtpSettings("127.0.0.1", server.getSmtp().getPort(), "drover", "secret", null), null, clock)) {
            assertThat(strict.send(outbound(content()))).isInstanceOfSatisfying(Result.Temporary.class, result -> assertThat(result.reason()).contains("STARTTLS"));
        }
    }

    private Result with(String step, String answer) throws Exception {
        try (var misbehaving = new MisbehavingServer(step, answer); var other = to(misbehaving.port(), null, null)) {
            return other.send(outbound(content()));
        }
    }

    private SmtpProvider to(int port, @Nullable String user, @Nullable String password) {
        return new SmtpProvider(new SmtpSettings("127.0.0.1", port, user, password, "none"), null, clock);
    }

    private static Outbound outbound(String address, MessageContent content, String from) {
        return new Outbound(IDS.incrementAndGet(), Channel.EMAIL, address, new Sender("main", from, "hello@meadow.example", "care@meadow.example", "Polderweg 7", null),
                content, NOW);
    }

    private static String header(MimeMessage mail, String name) {
        try {
            return String.join("|", mail.getHeader(name));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
