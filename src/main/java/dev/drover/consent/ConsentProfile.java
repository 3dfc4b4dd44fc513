package dev.drover.consent;

import dev.drover.audience.Customer;
import dev.drover.audience.ProfilePart;
import dev.drover.kernel.Channel;
import java.util.LinkedHashMap;
import org.springframework.stereotype.Component;

/** {@code consent} of a profile: by channel, whether it is granted, since when, from where and on what it rests; how often and what not. */
@Component
class ConsentProfile implements ProfilePart {

    private final Consents consents;
    private final Preferences preferences;

    ConsentProfile(Consents consents, Preferences preferences) {
        this.consents = consents;
        this.preferences = preferences;
    }

    @Override
    public String name() {
        return "consent";
    }

    @Override
    public Object of(Customer customer) {
        var states = consents.of(customer.id());
        var chosen = preferences.of(customer.id());
        var part = new LinkedHashMap<String, Object>();
        for (Channel channel : Channel.values()) {
            part.put(channel.key(), states.get(channel));
        }
        part.put("frequency", chosen.frequency());
        part.put("declined", chosen.declined().stream().sorted().toList());
        return part;
    }
}
