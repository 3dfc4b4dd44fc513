package dev.drover.trigger;

import dev.drover.delivery.Deliveries;
import dev.drover.delivery.DeliveryRequest;
import dev.drover.delivery.MessageOrigin;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** {@code send_email}, {@code send_sms}, {@code send_push}: by the ledger, so consent, suppressions, caps and quiet hours are asked as ever. */
@Component
class Sending {

    private final Deliveries deliveries;

    Sending(Deliveries deliveries) {
        this.deliveries = deliveries;
    }

    Outcome send(Trigger trigger, Execution execution) {
        var accepted = deliveries.accept(request(trigger.definition(), "trigger:" + execution.id(), Objects.requireNonNull(execution.customerId()), execution.event()));
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("messageId", accepted.messageId());
        result.put("outcome", accepted.outcome());
        if (accepted.rule() != null) {
            result.put("rule", accepted.rule());
        }
        return accepted.outcome().equals("skipped") ? new Outcome("skipped", accepted.reason(), result) : new Outcome("success", accepted.reason(), result);
    }

    /** @param key one and the same for one occasion */
    static DeliveryRequest request(Definition definition, String key, long customer, Map<String, Object> event) {
        var action = definition.action();
        return new DeliveryRequest(key, customer, Objects.requireNonNull(action.kind().channel()), action.required("template"), EventWords.data(action, event), action.text("category"),
                action.text("subject"), new MessageOrigin("trigger", definition.key(), null, null));
    }
}
