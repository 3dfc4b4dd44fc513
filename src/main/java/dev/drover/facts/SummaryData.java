package dev.drover.facts;

import dev.drover.kernel.Person;
import dev.drover.kernel.PersonalData;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** What is summed up goes with the customer's row, behind the lock that whoever sums up or decides holds: so this one comes before all others. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class SummaryData implements PersonalData {

    private final Summaries summaries;

    SummaryData(Summaries summaries) {
        this.summaries = summaries;
    }

    @Override
    public @Nullable String field() {
        return null;
    }

    @Override
    public void erase(Person person) {
        summaries.lock(Whom.these(List.of(person.id())));
    }
}
