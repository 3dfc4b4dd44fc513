package dev.drover.consent;

import dev.drover.audience.Customer;
import dev.drover.eventlog.Event;
import dev.drover.eventlog.EventLog;
import dev.drover.eventlog.NewEvent;
import dev.drover.kernel.Channel;
import dev.drover.kernel.PersonalData;
import dev.drover.kernel.PlatformClock;
import dev.drover.web.AuditLog;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Forgets a person: everywhere, in one transaction, so that it is done wholly or not at all. What was sent and earned stays counted. */
@Component
class Erasures {

    private final ObjectProvider<PersonalData> holders;
    private final Suppressions suppressions;
    private final JdbcClient jdbc;
    private final EventLog log;
    private final AuditLog audit;
    private final PlatformClock clock;

    Erasures(ObjectProvider<PersonalData> holders, Suppressions suppressions, JdbcClient jdbc, EventLog log, AuditLog audit, PlatformClock clock) {
        this.holders = holders;
        this.suppressions = suppressions;
        this.jdbc = jdbc;
        this.log = log;
        this.audit = audit;
        this.clock = clock;
    }

    /** @param neverAgain nothing is sent to the addresses again, also when somebody tells us of them anew @param by whose wish it was */
    @Transactional
    public void erase(Customer customer, boolean neverAgain, String by) {
        var person = PersonalExports.person(customer);
        if (neverAgain) {
            suppress(Channel.EMAIL, customer.email());
            suppress(Channel.SMS, customer.phone());
        }
        // In order: those who lock what others change at the same time come first.
        holders.orderedStream().forEach(holder -> holder.erase(person));
        if (jdbc.sql("DELETE FROM customer WHERE id = ?").param(customer.id()).update() == 0) {
            throw PublicLinks.nothingHere();
        }
        // Of nobody any more: the number says which rows to look through again once everybody has ended who was at work meanwhile.
        log.append(new NewEvent("customer.erased:" + customer.id(), ErasureSweep.ERASED, null, null, clock.instant(), Event.Origin.LIVE, Map.of("customer", customer.id())));
        audit.record(ErasureSweep.ERASED, "customer number " + customer.id(), Map.of("by", by, "neverAgain", neverAgain));
    }

    private void suppress(Channel channel, @Nullable String address) {
        if (address != null) {
            suppressions.add(channel, address, "erased", "erasure");
        }
    }
}
