package dev.drover.delivery.email;

import com.sendgrid.Response;
import dev.drover.delivery.ChannelProvider.Result;
import dev.drover.delivery.HttpVerdicts;
import dev.drover.kernel.Json;
import dev.drover.kernel.Problem;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells apart what SendGrid's answer means. */
final class SendGridAnswer {

    private static final int TAKEN = 202;

    private record Errors(@Nullable List<@Nullable Complaint> errors) {}

    private record Complaint(@Nullable String message, @Nullable String field) {}

    private SendGridAnswer() {}

    /** @param ownId taken as reference where SendGrid gives none */
    static Result result(Response answer, HttpVerdicts verdicts, String ownId) {
        if (answer.getStatusCode() == TAKEN) {
            String reference = header(answer, "X-Message-Id");
            return new Result.Taken(reference == null || reference.isBlank() ? ownId : reference);
        }
        if (answer.getStatusCode() < 300) {
            return verdicts.unreadable("%d %s".formatted(answer.getStatusCode(), answer.getBody()));
        }
        var complaint = complaint(answer.getBody());
        String said = complaint == null ? answer.getBody() : complaint.message();
        return switch (answer.getStatusCode()) {
            case 400 -> complaint == null || complaint.field() == null ? verdicts.refused(400, null, said) : refused(complaint.field(), said, verdicts);
            case 404, 405 -> verdicts.ours(said);
            case 413 -> verdicts.permanent("This mail is too big", said);
            default -> verdicts.refused(answer.getStatusCode(), header(answer, "Retry-After"), said);
        };
    }

    private static Result refused(String field, @Nullable String said, HttpVerdicts verdicts) {
        if (field.startsWith("personalizations") && field.contains(".to")) {
            return verdicts.permanent("The address is refused", said);
        }
        return field.startsWith("from") || field.startsWith("reply_to") ? verdicts.ours(said) : verdicts.permanent("This mail is refused for its " + field, said);
    }

    private static @Nullable Complaint complaint(@Nullable String body) {
        try {
            var errors = body == null ? null : Json.read(body, Errors.class);
            return errors == null || errors.errors() == null || errors.errors().isEmpty() ? null : errors.errors().getFirst();
        } catch (Problem noJson) {
            return null;
        }
    }

    private static @Nullable String header(Response answer, String name) {
        return answer.getHeaders().entrySet().stream().filter(header -> header.getKey().equalsIgnoreCase(name)).map(Map.Entry::getValue).findFirst().orElse(null);
    }
}
