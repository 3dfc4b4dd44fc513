package dev.drover.delivery.hooks;

import java.io.StringWriter;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A key and the certificate that goes with it, as Amazon SNS publishes one. */
record SelfMadeCertificate(KeyPair keys, String pem) {

    static SelfMadeCertificate valid() {
        return until(Instant.now().plus(Duration.ofDays(30)));
    }

    static SelfMadeCertificate expired() {
        return until(Instant.now().minus(Duration.ofDays(1)));
    }

    private static SelfMadeCertificate until(Instant end) {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            var keys = generator.generateKeyPair();
            var name = new X500Name("CN=sns.amazonaws.com");
            var builder = new JcaX509v3CertificateBuilder(name, BigInteger.ONE, Date.from(end.minus(Duration.ofDays(60))), Date.from(end), name, keys.getPublic());
            var text = new StringWriter();
            try (var pem = new JcaPEMWriter(text)) {
                pem.writeObject(builder.build(new JcaContentSignerBuilder("SHA256withRSA").build(keys.getPrivate())));
            }
            return new SelfMadeCertificate(keys, text.toString());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
