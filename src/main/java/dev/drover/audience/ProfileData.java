package dev.drover.audience;

import dev.drover.kernel.Person;
import dev.drover.kernel.PersonalData;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** The profile. It goes with the customer's row, in the end. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 5)
class ProfileData implements PersonalData {

    private final Profiles profiles;
    private final Customers customers;

    ProfileData(Profiles profiles, Customers customers) {
        this.profiles = profiles;
        this.customers = customers;
    }

    @Override
    public String field() {
        return "profile";
    }

    @Override
    public Object held(Person person) {
        return profiles.of(customers.require(person.externalId()));
    }

    @Override
    public void erase(Person person) {}
}
