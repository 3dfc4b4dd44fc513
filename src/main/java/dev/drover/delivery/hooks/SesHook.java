package dev.drover.delivery.hooks;

import dev.drover.kernel.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** What Amazon SES tells by a topic of Amazon SNS. */
@RestController
class SesHook {

    static final String NAME = "ses";
    private static final Logger log = LoggerFactory.getLogger(SesHook.class);
    /** SNS carries 256 KB, which JSON within JSON lengthens. */
    private static final int MOST = 1 << 20;

    private final List<String> topics;
    private final SnsSignature signature;
    private final SnsLine line;
    private final ToldIntake intake;
    private final HookRefusals refusals;

    SesHook(SesHookSettings settings, SnsSignature signature, SnsLine line, ToldIntake intake, HookRefusals refusals) {
        this.topics = settings.topicArn();
        this.signature = signature;
        this.line = line;
        this.intake = intake;
        this.refusals = refusals;
    }

    @PostMapping("/hooks/ses")
    ResponseEntity<String> take(HttpServletRequest request) throws IOException {
        if (topics.isEmpty()) {
            return refusals.forged(NAME, "DROVER_SES_TOPIC_ARN isn't set");
        }
        var body = HookBody.of(request, MOST);
        if (body.isEmpty()) {
            return refusals.tooLarge(NAME);
        }
        try {
            var message = SnsMessage.of(new String(body.get(), StandardCharsets.UTF_8));
            if (message.text("Signature").isEmpty()) {
                return refusals.unsigned(NAME);
            }
            // Before anything is fetched for it.
            if (!topics.contains(message.topic())) {
                return refusals.forged(NAME, "it is of another topic than DROVER_SES_TOPIC_ARN");
            }
            return signature.holds(message) ? genuine(message) : refusals.forged(NAME, "the signature isn't that of Amazon SNS");
        } catch (Problem notJson) {
            return refusals.unreadable(NAME);
        } catch (SnsLine.OutOfReach later) {
            log.warn("An event of Amazon SES can't be checked now, it will come again: {}", later.getMessage());
            return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE).body("");
        }
    }

    private ResponseEntity<String> genuine(SnsMessage message) {
        switch (message.type()) {
            case "Notification" -> intake.take(SesEvents.of(message.id(), message.text("Message"), message.at().orElse(Told.NOW)));
            case "SubscriptionConfirmation" -> {
                var url = SnsSignature.subscription(message);
                if (url.isEmpty()) {
                    return refusals.forged(NAME, "its subscription isn't confirmed at Amazon SNS");
                }
                line.confirm(url.get());
                log.info("Subscribed to the topic {} of Amazon SNS", message.topic());
            }
            case "UnsubscribeConfirmation" -> log.warn("The topic {} of Amazon SNS tells us nothing any more: somebody has ended the subscription", message.topic());
            default -> log.debug("Amazon SNS posts a message of the type {}", message.type().length());
        }
        return ResponseEntity.ok("");
    }
}
