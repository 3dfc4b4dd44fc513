package dev.drover.audience;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** What is known of one customer, with the parts that higher floors add. */
@Component
class Profiles {

    private final OrderTotals totals;
    private final ObjectProvider<ProfilePart> parts;

    Profiles(OrderTotals totals, ObjectProvider<ProfilePart> parts) {
        this.totals = totals;
        this.parts = parts;
    }

    Map<String, Object> of(Customer customer) {
        var profile = attributes(customer);
        var orders = totals.of(customer.id());
        var summary = new LinkedHashMap<String, Object>();
        summary.put("count", orders.count());
        summary.put("revenue", orders.revenue());
        summary.put("average", orders.average());
        summary.put("firstAt", orders.firstAt());
        summary.put("lastAt", orders.lastAt());
        profile.put("orders", summary);
        parts.orderedStream().forEach(part -> profile.put(part.name(), part.of(customer)));
        return profile;
    }

    static Map<String, Object> attributes(Customer customer) {
        var attributes = new LinkedHashMap<String, Object>();
        attributes.put("externalId", customer.externalId());
        attributes.put("email", customer.email());
        attributes.put("phone", customer.phone());
        attributes.put("pushToken", customer.pushToken());
        attributes.put("firstName", customer.firstName());
        attributes.put("lastName", customer.lastName());
        attributes.put("country", customer.country());
        attributes.put("timeZone", customer.timeZone() == null ? null : customer.timeZone().getId());
        attributes.put("birthday", customer.birthday());
        attributes.put("attributes", customer.attributes());
        attributes.put("createdAt", customer.createdAt());
        attributes.put("updatedAt", customer.updatedAt());
        return attributes;
    }
}
