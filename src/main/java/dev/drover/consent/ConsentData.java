package dev.drover.consent;

import dev.drover.kernel.Channel;
import dev.drover.kernel.Json;
import dev.drover.kernel.Person;
import dev.drover.kernel.PersonalData;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Every choice with its proof, what was asked to be confirmed, and what is suppressed. */
@Component
class ConsentData implements PersonalData {

    private final JdbcClient jdbc;
    private final Suppressions suppressions;

    ConsentData(JdbcClient jdbc, Suppressions suppressions) {
        this.jdbc = jdbc;
        this.suppressions = suppressions;
    }

    @Override
    public String field() {
        return "consentHistory";
    }

    @Override
    public Object held(Person person) {
        var suppressed = new ArrayList<SuppressionApi.View>();
        addresses(person).forEach((channel, address) -> {
            if (address != null) {
                suppressions.find(channel, address).map(SuppressionApi.View::of).ifPresent(suppressed::add);
            }
        });
        return Map.of("changes", rows("""
                        SELECT to_jsonb(c) - 'id' - 'customer_id' FROM consent_change c WHERE customer_id = ? ORDER BY id""", person),
                "confirmations", rows("SELECT to_jsonb(c) - 'id' - 'customer_id' FROM confirmation c WHERE customer_id = ? ORDER BY id", person),
                "suppressed", suppressed);
    }

    private List<Map<String, Object>> rows(String sql, Person person) {
        return jdbc.sql(sql).param(person.id()).query((row, n) -> Json.map(row.getString(1))).list();
    }

    @Override
    public void erase(Person person) {
        addresses(person).forEach((channel, address) -> {
            if (address != null) {
                suppressions.hide(channel, address);
            }
        });
    }

    private static Map<Channel, @Nullable String> addresses(Person person) {
        var addresses = new EnumMap<Channel, @Nullable String>(Channel.class);
        addresses.put(Channel.EMAIL, person.email());
        addresses.put(Channel.SMS, person.phone());
        addresses.put(Channel.PUSH, person.pushToken());
        return addresses;
    }
}
