package dev.drover.delivery;

import dev.drover.audience.Customer;
import dev.drover.audience.TimelineSource;
import dev.drover.delivery.throughput.Throughput;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Messages on the timeline, with why each was or wasn't sent. */
@Component
class MessageTimeline implements TimelineSource {

    private final MessageLedger ledger;

    MessageTimeline(MessageLedger ledger) {
        this.ledger = ledger;
    }

    @Override
    public List<Entry> of(Customer customer, Instant before, int limit) {
        return ledger.ofCustomer(customer.id(), before, limit).stream()
                .map(message -> new Entry(message.queuedAt(), "message", title(message), detail(message), "/messages/" + message.id(),
                        Map.of("messageId", message.id(), "status", message.status(), "template", message.template(), "channel", message.channel().key())))
                .toList();
    }

    private static String title(Message message) {
        String what = "%s '%s'".formatted(switch (message.channel()) {
            case EMAIL -> "E-mail";
            case SMS -> "SMS";
            case PUSH -> "Push message";
        }, message.template());
        return switch (message.status()) {
            case "skipped" -> what + " not sent";
            case "deferred" -> what + " waits";
            case "queued", "sending" -> what + (Throughput.HELD.equals(message.rule()) ? " waits" : " on its way");
            case "failed", "bounced" -> what + " not delivered";
            case "unknown" -> what + " sent or not: unknown";
            default -> what + " sent";
        };
    }

    private static @Nullable String detail(Message message) {
        if (message.rule() != null && !message.rule().startsWith("throughput.")) {
            return "%s (rule %s)".formatted(message.reason(), message.rule());
        }
        return message.reason() != null ? message.reason() : "%s %s".formatted(message.origin().type(), message.origin().id());
    }
}
