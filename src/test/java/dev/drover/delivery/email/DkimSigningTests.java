package dev.drover.delivery.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.drover.delivery.ChannelProvider.Outbound;
import dev.drover.delivery.ChannelProvider.Result;
import dev.drover.delivery.MessageContent;
import dev.drover.delivery.Sender;
import dev.drover.kernel.Channel;
import dev.drover.kernel.PlatformClock;
import dev.drover.kernel.StartFailure;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.james.jdkim.DKIMVerifier;
import org.apache.james.jdkim.exceptions.FailException;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signed here, delivered by a real server, verified by Apache James. */
class DkimSigningTests {

    private static final Instant NOW = Instant.parse("2026-03-02T10:00:00Z");
    private static final KeyPair KEYS = keys(2048);

    @TempDir
    Path directory;

    @Test
    void theReceiverFindsTheSignatureRightAndTheUnsubscribeHeadersCovered() throws Exception {
        String mail = delivered();
        var signature = verify(mail);
        assertThat(signature.getDToken().toString()).isEqualTo("meadow.example");
        assertThat(signature.getHeaders()).extracting(header -> header.toString().toLowerCase(Locale.ROOT))
                .contains("from", "to", "subject", "date", "message-id", "mime-version", "content-type", "list-unsubscribe", "list-unsubscribe-post", "list-id");
        assertThat(signature.getBodyHashLimit()).as("what is added below is covered, too").isEqualTo(-1);
    }

    @Test
    void whatIsChangedOnTheWayIsNoticed() throws Exception {
        String mail = delivered();
        for (var change : Map.of("Milk for you", "Milk for me", "https://shop.example/u/abc", "https://evil.example/u/abc", "One-Click", "Two-Click",
                "hello@meadow.example", "hello@other.example").entrySet()) {
            String changed = mail.replace(change.getKey(), change.getValue());
            assertThat(changed).as(change.getKey()).isNotEqualTo(mail);
            assertThatThrownBy(() -> verify(changed)).as(change.getKey()).isInstanceOf(FailException.class);
        }
        assertThatThrownBy(() -> verify(mail.stripTrailing() + "\r\nadded\r\n")).isInstanceOf(FailException.class);
    }

    @Test
    void takesAKeyAsOpensslWritesIt() throws Exception {
        for (boolean old : new boolean[] {true, false}) {
            assertThat(DkimSigning.of(new DkimSettings("meadow.example", "drover", pem(KEYS, old)))).as(old ? "PKCS #1" : "PKCS #8").isNotNull();
        }
    }

    @Test
    void halfASettingOrAKeyThatIsNoneKeepsTheServerFromStarting() throws Exception {
        assertThat(DkimSigning.of(new DkimSettings(null, "", null))).isNull();
        assertThatThrownBy(() -> DkimSigning.of(new DkimSettings("meadow.example", null, pem(KEYS, false)))).isInstanceOf(StartFailure.class).hasMessageContaining("DROVER_DKIM_SELECTOR");
        Path none = Files.writeString(directory.resolve("none.pem"), "no key");
        assertThatThrownBy(() -> DkimSigning.of(new DkimSettings("meadow.example", "drover", none))).isInstanceOf(StartFailure.class).hasMessageContaining("none.pem");
        assertThatThrownBy(() -> DkimSigning.of(new DkimSettings("meadow.example", "drover", directory.resolve("missing.pem")))).isInstanceOf(StartFailure.class)
                .hasMessageContaining("can't be read");
        assertThatThrownBy(() -> DkimSigning.of(new DkimSettings("meadow.example", "drover", pem(keys(512), false)))).isInstanceOf(StartFailure.class)
                .hasMessageContaining("at least 1024 bits");
    }

    private String delivered() throws Exception {
        var server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        server.start();
        var clock = new PlatformClock(Clock.fixed(NOW, ZoneOffset.UTC), false, Duration.ZERO);
        try (var provider = new SmtpProvider(new SmtpSettings("127.0.0.1", server.getSmtp().getPort(), null, null, "none"),
                DkimSigning.of(new DkimSettings("meadow.example", "drover", pem(KEYS, false))), clock)) {
            var content = new MessageContent("Grüße aus dem Polder, " + "sehr ".repeat(30), null, "<p>" + "Käse &amp; Milch ".repeat(100) + "</p>",
                    "Milk for you   \nKäse\n.\n..dots\n\n", Map.of("List-Unsubscribe", "<https://shop.example/u/abc>", "List-Unsubscribe-Post", "List-Unsubscribe=One-Click",
                    "List-Id", "<news.meadow.example>"));
            var outbound = new Outbound(1, Channel.EMAIL, "sam@example.org", new Sender("main", "Meadow & Churn Dairy", "hello@meadow.example", null, "Polderweg 7", null), content, NOW);
            assertThat(provider.send(outbound)).isEqualTo(new Result.Taken(outbound.messageId()));
            var raw = new ByteArrayOutputStream();
            server.getReceivedMessages()[0].writeTo(raw);
            return raw.toString(StandardCharsets.ISO_8859_1);
        } finally {
            server.stop();
        }
    }

    private static org.apache.james.jdkim.api.SignatureRecord verify(String mail) throws Exception {
        String record = "v=DKIM1; k=rsa; p=" + Base64.getEncoder().encodeToString(KEYS.getPublic().getEncoded());
        return new DKIMVerifier((methods, selector, domain) -> List.of(record)).verify(new ByteArrayInputStream(mail.getBytes(StandardCharsets.ISO_8859_1))).getFirst();
    }

    private Path pem(KeyPair keys, boolean old) throws Exception {
        var text = new StringWriter();
        if (old) {
            try (var writer = new JcaPEMWriter(text)) {
                writer.writeObject(keys.getPrivate());
            }
        } else {
            text.write("-----BEGIN PRIVATE KEY-----\n" + Base64.getMimeEncoder().encodeToString(keys.getPrivate().getEncoded()) + "\n-----END PRIVATE KEY-----\n");
        }
        return Files.writeString(Files.createTempFile(directory, "key", ".pem"), text.toString());
    }

    private static KeyPair keys(int bits) {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
