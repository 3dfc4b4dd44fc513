package dev.drover.rfm;

import dev.drover.audience.Customer;
import dev.drover.audience.ProfilePart;
import java.util.LinkedHashMap;
import java.util.List;
import org.springframework.stereotype.Component;

/** {@code rfm} of a profile: the three scores and the name of their cell; {@code null} for who never ordered. */
@Component
class RfmProfile implements ProfilePart {

    private final RfmScores scores;

    RfmProfile(RfmScores scores) {
        this.scores = scores;
    }

    @Override
    public String name() {
        return "rfm";
    }

    @Override
    public Object of(Customer customer) {
        var scored = scores.of(List.of(customer.id())).get(customer.id());
        var part = new LinkedHashMap<String, Object>();
        part.put("recency", scored == null ? null : scored.recency());
        part.put("frequency", scored == null ? null : scored.frequency());
        part.put("monetary", scored == null ? null : scored.monetary());
        part.put("segment", scored == null ? null : scored.segment().title());
        return part;
    }
}
