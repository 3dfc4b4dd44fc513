package dev.drover.delivery.hooks;

import dev.drover.delivery.hooks.Told.Incoming;
import dev.drover.kernel.BaseUrl;
import dev.drover.kernel.Json;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** What Twilio tells of text messages, and what people answer to them. One address for both: an answer brings a text, news of a message a status. */
@RestController
class TwilioHook {

    static final String NAME = "twilio";
    private static final String PATH = "/hooks/twilio";
    private static final int MOST = 128 * 1_024;

    private final Optional<TwilioSignature> signature;
    private final BaseUrl base;
    private final ToldIntake intake;
    private final HookRefusals refusals;

    TwilioHook(TwilioHookSettings settings, BaseUrl base, ToldIntake intake, HookRefusals refusals) {
        this.signature = Optional.ofNullable(settings.key()).map(TwilioSignature::new);
        this.base = base;
        this.intake = intake;
        this.refusals = refusals;
    }

    @PostMapping(PATH)
    ResponseEntity<String> take(HttpServletRequest request, @RequestHeader(name = "X-Twilio-Signature", required = false) @Nullable String signed) throws IOException {
        if (signature.isEmpty()) {
            return refusals.forged(NAME, "neither DROVER_TWILIO_AUTH_TOKEN nor DROVER_TWILIO_WEBHOOK_KEY is set");
        }
        if (signed == null) {
            return refusals.unsigned(NAME);
        }
        var body = HookBody.of(request, MOST);
        if (body.isEmpty()) {
            return refusals.tooLarge(NAME);
        }
        Map<String, List<String>> form;
        try {
            form = FormBody.of(body.get());
        } catch (IllegalArgumentException noForm) {
            return refusals.unreadable(NAME);
        }
        // The address as Twilio was given it, whatever proxy handed the request on.
        String url = base.of(PATH) + (request.getQueryString() == null ? "" : "?" + request.getQueryString());
        if (!signature.get().holds(url, form, signed)) {
            return refusals.forged(NAME, "the signature isn't Twilio's for " + base.of(PATH) + " (DROVER_BASE_URL)");
        }
        UnaryOperator<String> parameter = name -> form.getOrDefault(name, List.of("")).getFirst();
        return form.containsKey("Body") && !form.containsKey("MessageStatus") ? answer(parameter, form) : status(parameter, form, mark(request.getQueryString()));
    }

    private ResponseEntity<String> status(UnaryOperator<String> parameter, Map<String, List<String>> form, @Nullable String mark) {
        TwilioEvents.status(parameter, mark).ifPresent(told -> intake.take(List.of(new Incoming(told, Json.write(form)))));
        return ResponseEntity.noContent().build();
    }

    private ResponseEntity<String> answer(UnaryOperator<String> parameter, Map<String, List<String>> form) {
        String text = parameter.apply("Body");
        String optOut = parameter.apply("OptOutType");
        String sid = parameter.apply("MessageSid").isEmpty() ? parameter.apply("SmsMessageSid") : parameter.apply("MessageSid");
        var reply = SmsReply.of(text, optOut);
        if (reply.kind() != null && !sid.isEmpty()) {
            String words = text.length() > 200 ? text.substring(0, 200) : text;
            intake.take(List.of(new Incoming(new Told(NAME, sid, reply.kind(), null, null, null, parameter.apply("From"), null, words, Told.NOW), Json.write(form))));
        }
        return ResponseEntity.ok().contentType(MediaType.TEXT_XML).body(reply.twiml(!optOut.isBlank()));
    }

    /** {@code message=m42.lx3k0}, as the provider gives it along. */
    private static @Nullable String mark(@Nullable String query) {
        return query == null || !query.startsWith("message=") ? null : query.substring("message=".length());
    }
}
