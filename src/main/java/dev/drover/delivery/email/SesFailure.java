package dev.drover.delivery.email;

import dev.drover.delivery.ChannelProvider.Result;
import dev.drover.delivery.HttpVerdicts;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.sesv2.model.SesV2Exception;

/** Tells apart what a refusal of Amazon's means. */
final class SesFailure {

    private SesFailure() {}

    static Result result(SesV2Exception failure, HttpVerdicts verdicts) {
        var details = failure.awsErrorDetails();
        String said = said(failure, details);
        String code = details == null || details.errorCode() == null ? "" : details.errorCode();
        return switch (code) {
            // In the sandbox each recipient has to be verified; later each sender. So others may well go.
            case "MessageRejected" -> contains(said, "not verified") ? new Result.Temporary(verdicts.ours(said).reason()) : verdicts.permanent("This mail is refused", said);
            case "BadRequestException" -> contains(said, "address") || contains(said, "domain")
                    ? verdicts.permanent("The address is refused", said) : verdicts.refused(failure.statusCode(), after(details), said);
            case "MailFromDomainNotVerifiedException", "AccountSuspendedException", "SendingPausedException", "NotFoundException" -> verdicts.ours(said);
            case "TooManyRequestsException", "LimitExceededException", "ThrottlingException", "Throttling" -> verdicts.refused(429, after(details), said);
            default -> verdicts.refused(failure.statusCode(), after(details), said);
        };
    }

    /** Its own words; else whatever the answer says. */
    private static @Nullable String said(SesV2Exception failure, @Nullable AwsErrorDetails details) {
        if (details == null || details.errorMessage() != null) {
            return details == null ? failure.getMessage() : details.errorMessage();
        }
        String body = details.rawResponse() == null ? "" : details.rawResponse().asString(StandardCharsets.UTF_8);
        return body.isBlank() ? failure.getMessage() : body;
    }

    private static boolean contains(@Nullable String said, String word) {
        return said != null && said.toLowerCase(Locale.ROOT).contains(word);
    }

    private static @Nullable String after(@Nullable AwsErrorDetails details) {
        return details == null || details.sdkHttpResponse() == null ? null : details.sdkHttpResponse().firstMatchingHeader("Retry-After").orElse(null);
    }
}
