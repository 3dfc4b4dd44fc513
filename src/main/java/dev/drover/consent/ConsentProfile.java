package dev.drover.consent;

import dev.drover.audience.Customer;
import dev.drover.audience.ProfilePart;
import dev.drover.kernel.Channel;
import java.util.LinkedHashMap;
import org.springframework.stereotype.Component;

/** {@code consent} of a profile: by channel, whether it is granted, since when and from where. */
@Component
class ConsentProfile implements ProfilePart {

    private final Consents consents;

    ConsentProfile(Consents consents) {
        this.consents = consents;
    }

    @Override
    public String name() {
        return "consent";
    }

    @Override
    public Object of(Customer customer) {
        var states = consents.of(customer.id());
        var part = new LinkedHashMap<String, Object>();
        for (Channel channel : Channel.values()) {
            part.put(channel.key(), states.get(channel));
        }
        return part;
    }
}
