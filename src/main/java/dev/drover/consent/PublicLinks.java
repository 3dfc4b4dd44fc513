package dev.drover.consent;

import dev.drover.audience.Customer;
import dev.drover.audience.Customers;
import dev.drover.kernel.Channel;
import dev.drover.kernel.Problem;
import dev.drover.kernel.SignedTokens;
import org.springframework.stereotype.Component;

/** Whose a link of a message is. One that doesn't verify, and one of somebody who was erased, is answered like a page that isn't there. */
@Component
class PublicLinks {

    record Unsubscribing(Customer customer, Channel channel) {}

    private final Customers customers;
    private final Confirmations confirmations;
    private final SignedTokens tokens;

    PublicLinks(Customers customers, Confirmations confirmations, SignedTokens tokens) {
        this.customers = customers;
        this.confirmations = confirmations;
        this.tokens = tokens;
    }

    Customer preferences(String token) {
        String id = tokens.verify(Consents.PREFERENCES, token).orElseThrow(PublicLinks::nothingHere);
        return customers.byId(Long.parseLong(id)).orElseThrow(PublicLinks::nothingHere);
    }

    Unsubscribing unsubscribing(String token) {
        String[] payload = tokens.verify(Consents.UNSUBSCRIBE, token).orElseThrow(PublicLinks::nothingHere).split(":");
        return new Unsubscribing(customers.byId(Long.parseLong(payload[0])).orElseThrow(PublicLinks::nothingHere), Channel.of(payload[1]));
    }

    Confirmation confirmation(String token) {
        return confirmations.of(token).orElseThrow(PublicLinks::nothingHere);
    }

    static Problem nothingHere() {
        return Problem.notFound("There is no such page.");
    }
}
