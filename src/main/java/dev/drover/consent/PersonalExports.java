package dev.drover.consent;

import dev.drover.audience.Customer;
import dev.drover.kernel.Person;
import dev.drover.kernel.PersonalData;
import dev.drover.kernel.PlatformClock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Everything that is held about one person, as one document. */
@Component
class PersonalExports {

    private final ObjectProvider<PersonalData> holders;
    private final PlatformClock clock;

    PersonalExports(ObjectProvider<PersonalData> holders, PlatformClock clock) {
        this.holders = holders;
        this.clock = clock;
    }

    @Transactional(readOnly = true)
    public Map<String, Object> of(Customer customer) {
        var person = person(customer);
        var export = new LinkedHashMap<String, Object>();
        export.put("exportedAt", clock.instant());
        holders.orderedStream().forEach(holder -> {
            if (holder.field() != null) {
                export.put(holder.field(), holder.held(person));
            }
        });
        return export;
    }

    static Person person(Customer customer) {
        return new Person(customer.id(), customer.externalId(), customer.email(), customer.phone(), customer.pushToken());
    }
}
