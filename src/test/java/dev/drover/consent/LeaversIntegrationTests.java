package dev.drover.consent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.audience.Customers;
import dev.drover.kernel.Channel;
import dev.drover.kernel.PlatformClock;
import dev.drover.testing.Api;
import dev.drover.testing.IntegrationTest;
import dev.drover.testing.Visitor;
import java.util.EnumSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@IntegrationTest
class LeaversIntegrationTests {

    @LocalServerPort
    int port;
    @Autowired
    Customers customers;
    @Autowired
    Consents consents;
    @Autowired
    Leavers leavers;
    @Autowired
    PlatformClock clock;

    @Test
    void whoLeavesAllAtOnceIsOnePersonWithOneReason() throws Exception {
        String id = "leaves-" + UUID.randomUUID();
        new Api("http://localhost:" + port, "test-token").postJson("/api/v1/customers", """
                {"externalId": "%1$s", "email": "%1$s@example.org", "consent": {"email": true, "sms": true, "push": true, "source": "test"}}""".formatted(id));
        var customer = customers.require(id);
        var from = clock.instant();
        Visitor.post(consents.preferencesUrl(customer.id()), "everything", "yes", "why", "never-asked", "reason", "Who are you? " + id);
        var left = leavers.between(from, clock.instant().plusSeconds(1));
        assertThat(left.words()).filteredOn(said -> said.words().endsWith(id)).singleElement().satisfies(said -> assertThat(said.channel()).isEqualTo("email, push, sms"));
        assertThat(left.reasons()).filteredOn(reason -> reason.reason().equals("never-asked")).singleElement().satisfies(reason -> assertThat(reason.count()).isPositive());
        assertThat(consents.of(customer.id()).keySet()).isEqualTo(EnumSet.allOf(Channel.class));
    }
}
