package dev.drover.delivery.push;

import dev.drover.delivery.Endpoint;
import dev.drover.delivery.TimeOuts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The project at Firebase ({@code DROVER_FIREBASE_…}).
 *
 * @param credentials   file of the service account's key (JSON), as Firebase's console gives it out
 * @param url           of Cloud Messaging; where tokens come from stands in the file
 * @param answerTimeout for each answer. With {@code connectTimeout}, and once more for a token, it stays below the dispatcher's lease
 */
@ConfigurationProperties("drover.firebase")
record FirebaseSettings(String credentials, @DefaultValue("https://fcm.googleapis.com") String url, @DefaultValue("10s") Duration connectTimeout,
        @DefaultValue("30s") Duration answerTimeout) {

    FirebaseSettings {
        if (!Files.isReadable(Path.of(credentials))) {
            throw new IllegalArgumentException("DROVER_FIREBASE_CREDENTIALS is '%s', which is no file that can be read.".formatted(credentials));
        }
        Endpoint.of("DROVER_FIREBASE_URL", url);
        TimeOuts.check("DROVER_FIREBASE", connectTimeout, answerTimeout);
    }

    Endpoint endpoint() {
        return Endpoint.of("DROVER_FIREBASE_URL", url);
    }
}
