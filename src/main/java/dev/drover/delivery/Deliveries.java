package dev.drover.delivery;

import org.springframework.stereotype.Component;

/** The one door for messages of every origin. */
@Component
public class Deliveries {

    /**
     * Writes the message to the ledger, decided and rendered; it leaves later. In the caller's transaction, or one of its own.
     *
     * @throws dev.drover.kernel.Problem rejected for an unknown template or one that fails on this data, not found for the customer
     */
    public DeliveryOutcome accept(DeliveryRequest request) {
        throw new UnsupportedOperationException();
    }
}
