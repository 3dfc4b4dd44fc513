package dev.drover.audience;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The people. */
@Component
public class Customers {

    public Optional<Customer> byId(long id) {
        throw new UnsupportedOperationException();
    }

    public Optional<Customer> byExternalId(String externalId) {
        throw new UnsupportedOperationException();
    }

    public List<Customer> byIds(Collection<Long> ids) {
        throw new UnsupportedOperationException();
    }

    /** @throws dev.drover.kernel.Problem not found, naming the id */
    public Customer require(String externalId) {
        throw new UnsupportedOperationException();
    }
}
