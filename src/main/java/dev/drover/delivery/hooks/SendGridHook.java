package dev.drover.delivery.hooks;

import dev.drover.kernel.PlatformClock;
import dev.drover.kernel.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** SendGrid's signed event webhook. */
@RestController
class SendGridHook {

    static final String NAME = "sendgrid";
    private static final String SIGNATURE = "X-Twilio-Email-Event-Webhook-Signature";
    private static final String TIMESTAMP = "X-Twilio-Email-Event-Webhook-Timestamp";
    private static final int MOST = 4 << 20;

    private final Optional<SendGridSignature> signature;
    private final ToldIntake intake;
    private final HookRefusals refusals;
    private final PlatformClock clock;

    SendGridHook(SendGridHookSettings settings, ToldIntake intake, HookRefusals refusals, PlatformClock clock) {
        this.signature = Optional.ofNullable(settings.webhookKey()).map(key -> new SendGridSignature(key, settings.replayWindow()));
        this.intake = intake;
        this.refusals = refusals;
        this.clock = clock;
    }

    @PostMapping("/hooks/sendgrid")
    ResponseEntity<String> take(HttpServletRequest request, @RequestHeader(name = SIGNATURE, required = false) @Nullable String signed,
            @RequestHeader(name = TIMESTAMP, required = false) @Nullable String timestamp) throws IOException {
        if (signature.isEmpty()) {
            return refusals.forged(NAME, "DROVER_SENDGRID_WEBHOOK_KEY isn't set");
        }
        if (signed == null || timestamp == null) {
            return refusals.unsigned(NAME);
        }
        var body = HookBody.of(request, MOST);
        if (body.isEmpty()) {
            return refusals.tooLarge(NAME);
        }
        if (!signature.get().holds(timestamp, signed, body.get())) {
            return refusals.forged(NAME, "the signature isn't SendGrid's");
        }
        // SendGrid's clock is the machine's, not the one that is moved here.
        if (!signature.get().fresh(timestamp, clock.instant().minus(clock.offset()))) {
            return refusals.forged(NAME, "it was signed longer ago than DROVER_SENDGRID_REPLAY_WINDOW allows");
        }
        try {
            intake.take(SendGridEvents.of(new String(body.get(), StandardCharsets.UTF_8)));
            return ResponseEntity.ok("");
        } catch (Problem notJson) {
            return refusals.unreadable(NAME);
        }
    }
}
