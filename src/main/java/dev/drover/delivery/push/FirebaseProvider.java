package dev.drover.delivery.push;

import com.google.auth.oauth2.GoogleCredentials;
import com.google.auth.oauth2.ServiceAccountCredentials;
import com.google.firebase.FirebaseApp;
import com.google.firebase.FirebaseOptions;
import com.google.firebase.messaging.FirebaseMessaging;
import com.google.firebase.messaging.FirebaseMessagingException;
import com.google.firebase.messaging.Message;
import dev.drover.delivery.ChannelProvider;
import dev.drover.delivery.HttpVerdicts;
import dev.drover.kernel.Channel;
import dev.drover.kernel.PlatformClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** Hands push messages to Firebase Cloud Messaging. */
final class FirebaseProvider implements ChannelProvider, AutoCloseable {

    private static final String SCOPE = "https://www.googleapis.com/auth/firebase.messaging";
    private static final Pattern TOKEN = Pattern.compile("[!-~]{1,4096}");
    /** The SDK keeps its apps by name, for the whole process. */
    private static final AtomicInteger APPS = new AtomicInteger();

    private final HttpVerdicts verdicts;
    private final GoogleTransport transport;
    private final Tokens tokens;
    private final FirebaseApp app;
    private final FirebaseMessaging messaging;

    FirebaseProvider(FirebaseSettings settings, PlatformClock clock) {
        this.verdicts = new HttpVerdicts("Firebase", "DROVER_FIREBASE_CREDENTIALS", clock);
        this.transport = new GoogleTransport(settings);
        var account = account(settings.credentials(), transport);
        this.tokens = new Tokens(account);
        this.app = FirebaseApp.initializeApp(FirebaseOptions.builder().setCredentials(tokens).setProjectId(account.getProjectId()).setHttpTransport(transport).build(),
                "drover-" + APPS.incrementAndGet());
        this.messaging = FirebaseMessaging.getInstance(app);
    }

    @Override
    public String name() {
        return "firebase";
    }

    @Override
    public Set<Channel> channels() {
        return Set.of(Channel.PUSH);
    }

    @Override
    public int preference() {
        return 10;
    }

    @Override
    public Result send(Outbound outbound) {
        if (!TOKEN.matcher(outbound.address()).matches()) {
            return new Result.Permanent("'%s' is no token of a device".formatted(HttpVerdicts.words(outbound.address())));
        }
        Message message;
        try {
            message = PushMessage.of(outbound);
        } catch (RuntimeException e) {
            return new Result.Permanent("This message can't be written down for Firebase: " + HttpVerdicts.words(e.getMessage()));
        }
        try {
            // The SDK would do so by itself, but then a failure could be the message's as well.
            tokens.refreshIfExpired();
        } catch (IOException | RuntimeException e) {
            return FirebaseFailure.noToken(e, verdicts);
        }
        try {
            String reference = messaging.send(message);
            return reference == null ? verdicts.unreadable("no name") : new Result.Taken(reference);
        } catch (FirebaseMessagingException e) {
            return FirebaseFailure.result(e, verdicts);
        } catch (RuntimeException e) {
            return verdicts.broken(e);
        }
    }

    /** Firebase has no way to ask. */
    @Override
    public Optional<Boolean> has(long messageId) {
        return Optional.empty();
    }

    @Override
    public void close() {
        app.delete();
        transport.shutdown();
    }

    private static ServiceAccountCredentials account(String file, GoogleTransport transport) {
        try (var key = Files.newInputStream(Path.of(file))) {
            var credentials = GoogleCredentials.fromStream(key, () -> transport);
            if (credentials instanceof ServiceAccountCredentials account && account.getProjectId() != null) {
                // The ledger tries again, not the SDK.
                return (ServiceAccountCredentials) account.createWithCustomRetryStrategy(false).createScoped(List.of(SCOPE));
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalArgumentException("DROVER_FIREBASE_CREDENTIALS is '%s', which can't be read as a service account's key: %s".formatted(file, e.getMessage()), e);
        }
        throw new IllegalArgumentException("DROVER_FIREBASE_CREDENTIALS is '%s', which is no service account's key of a project.".formatted(file));
    }
}
