package dev.drover.delivery.bounce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.junit5.GreenMailExtension;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.ServerSetupTest;
import jakarta.mail.Flags.Flag;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Against GreenMail, by IMAP. */
class ImapMailboxTests {

    @RegisterExtension
    static final GreenMailExtension SERVER = new GreenMailExtension(ServerSetupTest.IMAP.dynamicPort());

    private final List<String> taken = new ArrayList<>();
    private GreenMailUser user;

    @BeforeEach
    void openMailbox() {
        user = SERVER.setUser("bounces@shop.example", "bounces", "secret");
    }

    @Test
    void eachMailIsReadOnceAndSeen() throws Exception {
        arrives("one");
        arrives("two");
        assertThat(mailbox(raw -> taken.add(subject(raw))).read()).isEqualTo(new ImapMailbox.Round(2, 0, false));
        assertThat(taken).containsExactly("one", "two");
        assertThat(mailbox(raw -> taken.add(subject(raw))).read().taken()).isZero();
        arrives("three");
        mailbox(raw -> taken.add(subject(raw))).read();
        assertThat(taken).containsExactly("one", "two", "three");
    }

    @Test
    void mailThatCameToNothingIsReadAgain() throws Exception {
        arrives("one");
        arrives("two");
        var dying = mailbox(raw -> {
            taken.add(subject(raw));
            if (subject(raw).equals("two")) {
                throw new IllegalStateException("killed");
            }
        });
        assertThatThrownBy(dying::read).hasMessageContaining("killed");
        assertThat(mailbox(raw -> taken.add(subject(raw))).read().taken()).isOne();
        assertThat(taken).containsExactly("one", "two", "two");
    }

    @Test
    void unreadableMailStaysFlaggedAndUnseen() throws Exception {
        arrives("strange");
        arrives("good");
        var round = mailbox(raw -> {
            if (subject(raw).equals("strange")) {
                throw new BounceReader.Unreadable(new MessagingException("strange"));
            }
            taken.add(subject(raw));
        }).read();
        assertThat(round).isEqualTo(new ImapMailbox.Round(1, 1, false));
        assertThat(taken).containsExactly("good");
        Message strange = SERVER.getReceivedMessages()[0];
        assertThat(strange.isSet(Flag.FLAGGED)).isTrue();
        assertThat(strange.isSet(Flag.SEEN)).isFalse();
        assertThat(mailbox(raw -> taken.add(subject(raw))).read()).isEqualTo(new ImapMailbox.Round(0, 0, false));
    }

    @Test
    void manyMailsAreReadInPortions() throws Exception {
        for (int n = 0; n < 105; n++) {
            arrives("mail " + n);
        }
        assertThat(mailbox(raw -> taken.add(subject(raw))).read()).isEqualTo(new ImapMailbox.Round(100, 0, true));
        assertThat(mailbox(raw -> taken.add(subject(raw))).read()).isEqualTo(new ImapMailbox.Round(5, 0, false));
        assertThat(taken).hasSize(105).doesNotHaveDuplicates();
    }

    @Test
    void mailboxOutOfReachIsToldAndReadOnceItIsBack() throws Exception {
        var wrong = new MailboxLoop(settings("wrong"), new ImapMailbox(settings("wrong"), raw -> { }));
        assertThat(wrong.round(false)).isEqualTo(Duration.ofMinutes(1));
        assertThat(wrong.health().getDetails()).containsKey("trouble").doesNotContainValue("wrong");
        var right = new MailboxLoop(settings("secret"), mailbox(raw -> { }));
        right.round(false);
        assertThat(right.health().getDetails()).doesNotContainKey("trouble");
    }

    @Test
    void settingsAreChecked() {
        assertThatThrownBy(() -> new ImapSettings("mail.example", null, "bounces", "", "tls", "INBOX", Duration.ofMinutes(1))).hasMessageContaining("DROVER_BOUNCES_IMAP_PASSWORD");
        assertThatThrownBy(() -> new ImapSettings("mail.example", null, "bounces", "x", "ssl", "INBOX", Duration.ofMinutes(1))).hasMessageContaining("DROVER_BOUNCES_IMAP_TLS");
        assertThat(new ImapSettings("mail.example", null, "bounces", "x", "tls", "INBOX", Duration.ofMinutes(1)).port()).isEqualTo(993);
        assertThat(settings("secret").toString()).doesNotContain("secret");
    }

    private void arrives(String subject) throws MessagingException {
        user.deliver(new MimeMessage(Session.getInstance(new Properties()),
                new ByteArrayInputStream(Mails.notice(subject, "It didn't work.").getBytes(StandardCharsets.UTF_8))));
    }

    private static String subject(byte[] raw) {
        return new String(raw, StandardCharsets.UTF_8).lines().filter(line -> line.startsWith("Subject: ")).findFirst().orElseThrow().substring(9);
    }

    private static ImapMailbox mailbox(ImapMailbox.Taker taker) {
        return new ImapMailbox(settings("secret"), taker);
    }

    private static ImapSettings settings(String password) {
        return new ImapSettings("127.0.0.1", SERVER.getImap().getPort(), "bounces", password, "none", "INBOX", Duration.ofMinutes(1));
    }
}
