package dev.drover.delivery.bounce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** One small mail of each kind, and what it is read as. */
class BounceReaderTests {

    private static final String ORIGINAL = "<m7.abc@shop.example>";

    private final BounceReader reader = new BounceReader();

    @Test
    void readsStatusReport() throws Exception {
        var mail = read(Mails.report("marie@example.org", "5.1.1", "smtp; 550 5.1.1 <marie@example.org>: User unknown", ORIGINAL));
        assertThat(mail.originalMessageId()).isEqualTo(ORIGINAL);
        assertThat(mail.autoReply()).isFalse();
        assertThat(mail.recipients()).singleElement().extracting(Returned::address, Returned::status, Returned::replyCode, Returned::reason, Returned::type)
                .containsExactly("marie@example.org", "5.1.1", "550", Reason.USERUNKNOWN, BounceType.HARD);
    }

    @Test
    void readsEveryRecipientOfReport() throws Exception {
        String status = """
                Reporting-MTA: dns; mx.example.org

                Final-Recipient: rfc822; anna@example.org
                Action: failed
                Status: 5.2.2
                Diagnostic-Code: smtp; 552 5.2.2 Over quota

                Final-Recipient: rfc822; bert@example.org
                Action: delivered
                Status: 2.0.0
                """;
        assertThat(read(Mails.report(status, ORIGINAL)).recipients()).extracting(Returned::address, Returned::reason, Returned::type)
                .containsExactly(tuple("anna@example.org", Reason.MAILBOXFULL, BounceType.SOFT),
                        tuple("bert@example.org", Reason.DELIVERED, BounceType.NONE));
    }

    @Test
    void namesAddressAsWeWroteIt() throws Exception {
        String status = """
                Original-Recipient: rfc822;marie@example.org
                Final-Recipient: rfc822;m.curie@elsewhere.example
                Action: failed
                Status: 5.1.1
                """;
        assertThat(read(Mails.report(status, ORIGINAL)).recipients()).singleElement().extracting(Returned::address).isEqualTo("marie@example.org");
    }

    @Test
    void plainWordsOutrankCode() throws Exception {
        var mail = read(Mails.report("marie@example.org", "5.1.1", "smtp; 550 5.1.1 mailbox of marie is full", ORIGINAL));
        assertThat(mail.recipients()).singleElement().extracting(Returned::reason).isEqualTo(Reason.MAILBOXFULL);
    }

    @Test
    void innermostCodeKnowsBest() throws Exception {
        var mail = read(Mails.report("marie@example.org", "4.4.7", "smtp; 554 4.4.7 Message expired: unable to deliver in 840 minutes.<421 4.4.2 Connection timed out>", ORIGINAL));
        assertThat(mail.recipients()).singleElement().extracting(Returned::status, Returned::replyCode, Returned::reason).containsExactly("4.4.2", "421", Reason.EXPIRED);
    }

    @Test
    void delayIsNoEnd() throws Exception {
        String status = """
                Final-Recipient: rfc822; marie@example.org
                Action: delayed
                Status: 4.1.1
                Diagnostic-Code: smtp; 450 4.1.1 user unknown, try again later
                """;
        assertThat(read(Mails.report(status, ORIGINAL)).recipients()).singleElement().extracting(Returned::delayed, Returned::type).containsExactly(true, BounceType.SOFT);
    }

    @Test
    void serverThatTookTheRecipientFilters() throws Exception {
        String notice = """
                <marie@example.org>: host mx.example.org[192.0.2.1] said: 550 user unknown (in reply to end of DATA command)
                """;
        assertThat(read(Mails.notice("Undelivered Mail Returned to Sender", notice)).recipients()).singleElement().extracting(Returned::reason, Returned::type)
                .containsExactly(Reason.FILTERED, BounceType.SOFT);
    }

    @Test
    void whoIsTurnedAwayAtTheDoorIsBlocked() throws Exception {
        String notice = """
                  marie@example.org
                    SMTP error from remote mail server after EHLO shop.example:
                    host mx.example.org [192.0.2.1]: 550 Rejected
                """;
        assertThat(read(Mails.notice("Mail delivery failed", notice)).recipients()).singleElement().extracting(Returned::reason).isEqualTo(Reason.BLOCKED);
    }

    @Test
    void readsBounceOfQmail() throws Exception {
        String notice = """
                Hi. This is the qmail-send program at mx.shop.example.
                I'm afraid I wasn't able to deliver your message to the following addresses.

                <anna@example.org>:
                Remote host said: 552 Error: disk quota exceeded

                <bert@nowhere.example>:
                Sorry, I couldn't find any host named nowhere.example. (#5.1.2)

                --- Below this line is a copy of the message.

                Return-Path: <hello@shop.example>
                Message-ID: <m7.abc@shop.example>
                To: anna@example.org
                """;
        var mail = read(Mails.notice("failure notice", notice));
        assertThat(mail.originalMessageId()).isEqualTo(ORIGINAL);
        assertThat(mail.recipients()).extracting(Returned::address, Returned::reason)
                .containsExactly(tuple("anna@example.org", Reason.MAILBOXFULL),
                        tuple("bert@nowhere.example", Reason.HOSTUNKNOWN));
    }

    @Test
    void readsComplaint() throws Exception {
        var mail = read(Mails.complaint("abuse", "marie@example.org", ORIGINAL));
        assertThat(mail.complained()).isTrue();
        assertThat(mail.originalMessageId()).isEqualTo(ORIGINAL);
        assertThat(mail.recipients()).singleElement().extracting(Returned::address, Returned::type).containsExactly("marie@example.org", BounceType.COMPLAINT);
    }

    @Test
    void reportOfFailedAuthenticationIsNobodysWish() throws Exception {
        assertThat(read(Mails.complaint("auth-failure", "marie@example.org", ORIGINAL)).complained()).isFalse();
        assertThat(read(Mails.complaint("not-spam", "marie@example.org", ORIGINAL)).complained()).isFalse();
    }

    @Test
    void automaticReplyIsNoBounce() throws Exception {
        var mail = read("""
                From: Marie <marie@example.org>
                To: hello@shop.example
                Subject: Out of office: Your cart
                Auto-Submitted: auto-replied
                In-Reply-To: <m7.abc@shop.example>
                Message-ID: <1@example.org>

                I'm away. User unknown until Monday.
                """);
        assertThat(mail.autoReply()).isTrue();
        assertThat(mail.recipients()).singleElement().extracting(Returned::reason, Returned::type).containsExactly(Reason.VACATION, BounceType.NONE);
    }

    @Test
    void letterIsNoBounce() throws Exception {
        assertThat(read("From: Marie <marie@example.org>\nTo: hello@shop.example\nSubject: Milk\n\nDo you have oat milk?\n").recipients()).isEmpty();
    }

    @Test
    void answerThatQuotesABounceIsNone() throws Exception {
        assertThat(read("From: Marie <marie@example.org>\nSubject: Re: Your cart\nIn-Reply-To: <m7.abc@shop.example>\n\nMy other mail was undeliverable: 550 5.1.1 user unknown\n")
                .recipients()).isEmpty();
    }

    @Test
    void receiptOfReadingIsNoBounce() throws Exception {
        assertThat(read(Mails.report("Final-Recipient: rfc822; marie@example.org\nDisposition: manual-action/MDN-sent-manually; displayed\n", ORIGINAL)
                .replace("MAILER-DAEMON@mx.example.org (Mail Delivery System)", "marie@example.org").replace("message/delivery-status", "message/disposition-notification")
                .replace("I'm sorry to have to inform you that your message could not be delivered.", "Your message was displayed.").replace("Undelivered Mail Returned to Sender", "Read"))
                .recipients()).isEmpty();
    }

    @Test
    void readsNotificationOfSes() throws Exception {
        String json = """
                {"notificationType":"Bounce","bounce":{"bouncedRecipients":[{"emailAddress":"marie@example.org","action":"failed","status":"5.1.1",
                 "diagnosticCode":"smtp; 550 5.1.1 user unknown"}]},"mail":{"commonHeaders":{"messageId":"<m7.abc@shop.example>"}}}
                """;
        var mail = read("From: no-reply@sns.amazonaws.com\nSubject: AWS Notification Message\n\n" + json);
        assertThat(mail.originalMessageId()).isEqualTo(ORIGINAL);
        assertThat(mail.recipients()).singleElement().extracting(Returned::address, Returned::reason).containsExactly("marie@example.org", Reason.USERUNKNOWN);
    }

    @Test
    void whatIsNoMailIsRefused() {
        assertThatThrownBy(() -> reader.read(new byte[0])).isInstanceOf(BounceReader.Unreadable.class);
        assertThatThrownBy(() -> reader.read(new byte[] {0, 1, 2, (byte) 0xff, 10, 13, 0})).isInstanceOf(BounceReader.Unreadable.class);
        assertThatThrownBy(() -> reader.read("{\"json\": true}".getBytes(StandardCharsets.UTF_8))).isInstanceOf(BounceReader.Unreadable.class);
    }

    @Test
    void unknownCharsetIsReadAsItStands() throws Exception {
        var mail = read(Mails.notice("Undeliverable", "<marie@example.org>:\n550 5.1.1 no such user é\n").replace("charset=utf-8", "charset=x-nonsense-1"));
        assertThat(mail.recipients()).singleElement().extracting(Returned::reason).isEqualTo(Reason.USERUNKNOWN);
    }

    @Test
    void nestingHasAnEnd() {
        var mail = new StringBuilder("From: mailer-daemon@example.org\nSubject: failure\nContent-Type: multipart/mixed; boundary=b0\n\n");
        for (int depth = 0; depth < 300; depth++) {
            mail.append("--b").append(depth).append("\nContent-Type: multipart/mixed; boundary=b").append(depth + 1).append("\n\n");
        }
        assertThat(Mails.within(Duration.ofSeconds(5), () -> read(mail.toString()))).isNotNull();
    }

    @Test
    void thousandsOfRecipientsAreCutOff() throws Exception {
        var status = new StringBuilder();
        for (int n = 0; n < 5_000; n++) {
            status.append("Final-Recipient: rfc822; r").append(n).append("@example.org\nAction: failed\nStatus: 5.1.1\n\n");
        }
        assertThat(Mails.within(Duration.ofSeconds(10), () -> read(Mails.report(status.toString(), ORIGINAL))).recipients()).hasSize(BounceReader.MOST_RECIPIENTS);
    }

    @Test
    void noTextTakesLong() {
        String[] texts = {"a".repeat(1_000_000), "a@".repeat(500_000), "<<< 5".repeat(200_000), "-".repeat(1_000_000), "550 5.1.1 ".repeat(100_000), "\n--b".repeat(250_000),
            " ".repeat(1_000_000), "mailbox ".repeat(120_000), "X: ".repeat(300_000)};
        for (String text : texts) {
            assertThat(Mails.within(Duration.ofSeconds(10), () -> read(Mails.notice("failure notice", text)))).isNotNull();
            assertThat(Mails.within(Duration.ofSeconds(10), () -> read(Mails.report("marie@example.org", "5.0.0", text, ORIGINAL)))).isNotNull();
        }
    }

    private ReturnedMail read(String mail) throws BounceReader.Unreadable {
        return reader.read(mail.getBytes(StandardCharsets.UTF_8));
    }
}
