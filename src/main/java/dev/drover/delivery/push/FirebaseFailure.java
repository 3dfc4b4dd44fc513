package dev.drover.delivery.push;

import com.google.firebase.IncomingHttpResponse;
import com.google.firebase.messaging.FirebaseMessagingException;
import com.google.firebase.messaging.MessagingErrorCode;
import dev.drover.delivery.ChannelProvider.Result;
import dev.drover.delivery.HttpVerdicts;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells apart what Firebase's refusal means: a dead token, a bad day, or a mistake of ours that mending helps. */
final class FirebaseFailure {

    private FirebaseFailure() {}

    static Result result(FirebaseMessagingException failure, HttpVerdicts verdicts) {
        var trouble = trouble(failure);
        if (trouble != null) {
            return trouble.messaging() ? ofMessage(trouble, verdicts) : noToken(trouble, verdicts);
        }
        var response = failure.getHttpResponse();
        if (response == null) {
            return verdicts.broken(failure);
        }
        if (response.getStatusCode() < 300) {
            return verdicts.unreadable(failure.getMessage());
        }
        String said = failure.getMessage();
        MessagingErrorCode code = failure.getMessagingErrorCode();
        if (code == null) {
            return response.getStatusCode() == 404 ? verdicts.ours(said) : verdicts.refused(response.getStatusCode(), retryAfter(response), said);
        }
        return switch (code) {
            case UNREGISTERED -> verdicts.permanent("The app is gone from this device", said);
            case INVALID_ARGUMENT -> said != null && said.toLowerCase(Locale.ROOT).contains("token")
                    ? verdicts.permanent("This is no token of a device", said) : verdicts.permanent("This message can't be sent", said);
            case SENDER_ID_MISMATCH, THIRD_PARTY_AUTH_ERROR -> verdicts.ours(said);
            case QUOTA_EXCEEDED -> verdicts.refused(429, retryAfter(response), said);
            case INTERNAL, UNAVAILABLE -> verdicts.refused(503, retryAfter(response), said);
        };
    }

    private static Result ofMessage(Trouble trouble, HttpVerdicts verdicts) {
        return trouble.status() == 0 ? verdicts.broken(trouble) : verdicts.refused(trouble.status(), trouble.retryAfter(), trouble.getMessage());
    }

    /** Without a token nothing was handed over, whatever became of asking for one. */
    static Result noToken(Exception failure, HttpVerdicts verdicts) {
        var trouble = trouble(failure);
        return trouble == null ? new Result.Temporary("Firebase gives no access token: " + HttpVerdicts.words(failure.getMessage()), Result.Cause.OURS) : noToken(trouble, verdicts);
    }

    private static Result noToken(Trouble trouble, HttpVerdicts verdicts) {
        String said = "no access token: " + HttpVerdicts.words(trouble.getMessage());
        if (trouble.status() == 0) {
            return new Result.Temporary("Firebase can't be reached: " + said, Result.Cause.AWAY);
        }
        // A key that was taken back is a 400 there (RFC 6749, 5.2).
        return trouble.status() == 400 ? verdicts.ours(said) : verdicts.refused(trouble.status(), trouble.retryAfter(), said);
    }

    private static @Nullable Trouble trouble(Throwable failure) {
        for (Throwable one = failure; one != null; one = one.getCause()) {
            if (one instanceof Trouble trouble) {
                return trouble;
            }
        }
        return null;
    }

    private static @Nullable String retryAfter(IncomingHttpResponse response) {
        for (Map.Entry<String, Object> header : response.getHeaders().entrySet()) {
            if (header.getKey().equalsIgnoreCase("retry-after")) {
                return header.getValue() instanceof List<?> several ? String.valueOf(several.getFirst()) : String.valueOf(header.getValue());
            }
        }
        return null;
    }
}
