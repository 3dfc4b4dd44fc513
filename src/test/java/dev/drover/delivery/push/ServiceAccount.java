package dev.drover.delivery.push;

import dev.drover.kernel.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;

/** A service account that Google doesn't know, with a key of its own. */
final class ServiceAccount {

    private static final KeyPair KEY = key();

    private ServiceAccount() {}

    /** @param tokens where it gets its tokens from */
    static Path in(Path directory, String tokens) throws IOException {
        String pem = "-----BEGIN PRIVATE KEY-----\n" + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(KEY.getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
        return Files.writeString(directory.resolve("account.json"), Json.write(Map.of("type", "service_account", "project_id", "meadow-test", "private_key_id", "one",
                "private_key", pem, "client_email", "drover@meadow-test.iam.gserviceaccount.com", "client_id", "1", "token_uri", tokens)));
    }

    private static KeyPair key() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
