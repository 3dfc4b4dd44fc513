package dev.drover.delivery;

import dev.drover.audience.Customers;
import dev.drover.consent.Confirmation;
import dev.drover.consent.Confirmations;
import dev.drover.eventlog.Event;
import dev.drover.eventlog.EventConsumer;
import dev.drover.kernel.Channel;
import dev.drover.kernel.PlatformClock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Writes the mail that asks for a confirmation, once for each time it was asked for. It goes also to who hasn't agreed to marketing, or hasn't yet: it
 * is no advertisement. The link leaves tracking's hands alone: who reads it must be who presses it.
 */
@Component
class ConfirmationMails implements EventConsumer {

    /** The origin of a mail that its recipient asked for on their own page: it goes where nothing goes any more, or nobody could ever come back, nor be forgotten. */
    static final String OWN_REQUEST = "own-request";

    private final Confirmations confirmations;
    private final Customers customers;
    private final Deliveries deliveries;
    private final PlatformClock clock;

    ConfirmationMails(Confirmations confirmations, Customers customers, Deliveries deliveries, PlatformClock clock) {
        this.confirmations = confirmations;
        this.customers = customers;
        this.deliveries = deliveries;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "confirmation-mails";
    }

    @Override
    public Set<String> wanted() {
        return Set.of("customer.confirmation_requested");
    }

    @Override
    public boolean wantsHistory() {
        return false;
    }

    @Override
    public void consume(List<Event> events) {
        for (Event event : events) {
            if (event.properties().get("confirmationId") instanceof Number id) {
                confirmations.find(id.longValue()).filter(this::stillAsked).ifPresent(confirmation -> write(event, confirmation));
            }
        }
    }

    /** It may have been given, taken back or run out since, and the customer may have another address now. */
    private boolean stillAsked(Confirmation confirmation) {
        return confirmation.confirmedAt() == null && clock.instant().isBefore(confirmation.expiresAt())
                && customers.byId(confirmation.customerId()).filter(customer -> confirmation.address().equals(customer.email())).isPresent();
    }

    private void write(Event event, Confirmation confirmation) {
        deliveries.accept(new DeliveryRequest("confirmation:" + event.id(), confirmation.customerId(), Channel.EMAIL, "confirm-" + confirmation.kind().key(),
                Map.of("confirmUrl", confirmations.url(confirmation), "expiresAt", confirmation.expiresAt().toString()), null, null,
                new MessageOrigin(confirmation.askedInPerson() ? OWN_REQUEST : "confirmation", confirmation.kind().key(), null, null)));
    }
}
