package dev.drover.delivery.hooks;

import dev.drover.audience.Customers;
import dev.drover.kernel.PlatformClock;
import dev.drover.testing.Api;
import java.io.IOException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** A message that a provider took, of a customer of its own, and what has become of it. */
@Component
class Shipped {

    /** @param mark our Message-ID without its domain */
    record Parcel(long id, String customer, long customerId, String address, String reference, String mark) {}

    private final JdbcClient jdbc;
    private final Customers customers;
    private final PlatformClock clock;

    Shipped(JdbcClient jdbc, Customers customers, PlatformClock clock) {
        this.jdbc = jdbc;
        this.customers = customers;
        this.clock = clock;
    }

    Parcel mail(Api api, String provider) throws IOException, InterruptedException {
        String id = "hooks-" + UUID.randomUUID();
        return one(api, id, provider, "email", id + "@example.org");
    }

    Parcel text(Api api) throws IOException, InterruptedException {
        return one(api, "hooks-" + UUID.randomUUID(), "twilio", "sms", number());
    }

    /** A phone number that nobody else has. */
    static String number() {
        return "+3161" + String.format("%08d", Math.floorMod(UUID.randomUUID().getMostSignificantBits(), 100_000_000L));
    }

    private Parcel one(Api api, String customer, String provider, String channel, String address) throws IOException, InterruptedException {
        api.postJson("/api/v1/customers", """
                {"externalId": "%s", "%s": "%s", "consent": {"%s": true, "source": "test"}}""".formatted(customer, channel.equals("email") ? "email" : "phone", address, channel));
        return again(customer, provider, channel, address);
    }

    /** Another one to the same person. */
    Parcel again(String customer, String provider, String channel, String address) {
        long customerId = customers.require(customer).id();
        String reference = UUID.randomUUID().toString();
        var at = clock.instant().minus(Duration.ofMinutes(5)).truncatedTo(ChronoUnit.MILLIS);
        long id = jdbc.sql("""
                INSERT INTO message (key, customer_id, channel, address, origin_type, origin_id, template, category, type, status, not_before, attempts, provider,
                       provider_message_id, queued_at, sent_at)
                VALUES (?, ?, ?, ?, 'api', 'hooks', 'welcome-1', 'welcome', 'marketing', 'sent', ?, 1, ?, ?, ?, ?) RETURNING id""")
                .param(UUID.randomUUID().toString()).param(customerId).param(channel).param(address).param(Timestamp.from(at)).param(provider).param(reference)
                .param(Timestamp.from(at)).param(Timestamp.from(at)).query(Long.class).single();
        return new Parcel(id, customer, customerId, address, reference, "m%d.%s".formatted(id, Long.toString(at.toEpochMilli(), 36)));
    }

    void becomes(Parcel parcel, String status) {
        jdbc.sql("UPDATE message SET status = ? WHERE id = ?").param(status).param(parcel.id()).update();
    }

    String status(Parcel parcel) {
        return jdbc.sql("SELECT status FROM message WHERE id = ?").param(parcel.id()).query(String.class).single();
    }

    Map<String, Object> row(Parcel parcel) {
        return jdbc.sql("SELECT * FROM message WHERE id = ?").param(parcel.id()).query().singleRow();
    }

    void awaitStatus(Parcel parcel, String status) {
        Awaitility.await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(50)).untilAsserted(() ->
                org.assertj.core.api.Assertions.assertThat(status(parcel)).isEqualTo(status));
    }

    /** Until nothing of the provider waits any more that was told of this. @param like part of what was told */
    void awaitApplied(String eventId) {
        Awaitility.await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(50)).until(() -> "applied".equals(state(eventId)));
    }

    String state(String eventId) {
        return jdbc.sql("SELECT state FROM provider_event WHERE event_id = ?").param(eventId).query(String.class).optional().orElse("not there");
    }

    /** The next try is now, as if its time had come. */
    void hurry(String eventId) {
        jdbc.sql("UPDATE provider_event SET next_try = clock_timestamp(), tries = 3 WHERE event_id = ? AND state = 'waiting'").param(eventId).update();
    }
}
