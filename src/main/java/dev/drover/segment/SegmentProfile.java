package dev.drover.segment;

import dev.drover.audience.Customer;
import dev.drover.audience.ProfilePart;
import org.springframework.stereotype.Component;

/** {@code segments} of a profile: the present ones, with the rule and reason. */
@Component
class SegmentProfile implements ProfilePart {

    private final Segments segments;

    SegmentProfile(Segments segments) {
        this.segments = segments;
    }

    @Override
    public String name() {
        return "segments";
    }

    @Override
    public Object of(Customer customer) {
        return segments.of(customer.id());
    }
}
