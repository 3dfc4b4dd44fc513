package dev.drover.audience.imports;

import dev.drover.audience.CustomerInput;
import dev.drover.audience.CustomerIntake;
import dev.drover.eventlog.Event;
import dev.drover.kernel.PlatformClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Customers from a file: they come as history, so no welcome journey starts for them. */
@Component
class CustomerRows implements RowTaker {

    private final CustomerIntake intake;
    private final PlatformClock clock;

    CustomerRows(CustomerIntake intake, PlatformClock clock) {
        this.intake = intake;
        this.clock = clock;
    }

    @Override
    public ImportKind kind() {
        return ImportKind.CUSTOMERS;
    }

    @Override
    public void take(ImportJob job, List<Row> rows) {
        Instant now = clock.instant();
        var good = new ArrayList<CustomerInput>();
        for (Row row : rows) {
            var customer = customer(row);
            customer.problems(now).forEach(error -> row.refuse(error.message()));
            if (row.problems().isEmpty()) {
                good.add(customer);
            }
        }
        intake.takeAll(good, Event.Origin.IMPORT);
    }

    private static CustomerInput customer(Row row) {
        var attributes = row.below("attributes.");
        return new CustomerInput(row.text("externalId"), row.text("email"), row.text("phone"), null, row.text("firstName"), row.text("lastName"),
                row.text("country"), row.text("timeZone"), row.day("birthday"), attributes.isEmpty() ? null : attributes, consent(row));
    }

    private static CustomerInput.@Nullable Consent consent(Row row) {
        Boolean email = row.yes("consentEmail");
        Boolean sms = row.yes("consentSms");
        Boolean push = row.yes("consentPush");
        return email == null && sms == null && push == null ? null : new CustomerInput.Consent(email, sms, push, "import", null);
    }
}
