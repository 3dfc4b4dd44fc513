package dev.drover.consent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drover.audience.Customer;
import dev.drover.audience.Customers;
import dev.drover.kernel.Channel;
import dev.drover.testing.Api;
import dev.drover.testing.IntegrationTest;
import dev.drover.testing.Visitor;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Somebody to whom nothing is sent any more wants to hear from us again: what they can do themselves, and what nobody can do for them. */
@IntegrationTest
class ComingBackIntegrationTests {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @LocalServerPort
    int port;
    @Autowired
    Customers customers;
    @Autowired
    Consents consents;
    @Autowired
    Suppressions suppressions;
    @Autowired
    JdbcClient jdbc;

    @Test
    void whoComplainedComesBackByTheirMailboxAlone() throws Exception {
        var customer = somebody();
        consents.record(customer.id(), Channel.EMAIL, false, "complaint", null);
        suppressions.add(Channel.EMAIL, customer.email(), "complaint", "feedback");
        String page = consents.preferencesUrl(customer.id());
        assertThat(Visitor.get(page).body()).contains("reported as unwanted");

        assertThat(Visitor.post(page, "channels", "email", "frequency", "low").body()).contains("one more word from you", "press the link in the mail we sent");
        assertThat(consents.of(customer.id()).get(Channel.EMAIL)).as("the page may have been passed on").satisfies(state -> assertThat(!state.granted() && state.pending()).isTrue());
        assertThat(suppressions.find(Channel.EMAIL, customer.email())).isPresent();
        Visitor.post(page, "channels", "email", "frequency", "normal");
        assertThat(consents.of(customer.id()).get(Channel.EMAIL).pending()).as("saved again").isTrue();
        String link = link(customer, "opt-in");
        Visitor.post(page, "frequency", "normal");
        assertThat(Visitor.post(link).statusCode()).as("a no in between").isEqualTo(404);
        Visitor.post(page, "channels", "email");

        assertThat(Visitor.get(link).body()).contains("again, although nothing was sent");
        assertThat(suppressions.find(Channel.EMAIL, customer.email())).as("a scanner opened it").isPresent();
        assertThat(Visitor.post(link).body()).contains("Confirmed.");
        assertThat(suppressions.find(Channel.EMAIL, customer.email())).isEmpty();
        assertThat(consents.of(customer.id()).get(Channel.EMAIL).granted()).isTrue();
        assertThat(proof(customer)).isEqualTo("opt-in-again-1 / /p/confirm / 127.0.0.1");
        assertThat(jdbc.sql("SELECT count(*) FROM message WHERE customer_id = ? AND template = 'confirm-opt-in'").param(customer.id()).query(Long.class).single()).as("mailed once").isOne();
    }

    @Test
    void whoseMailCameBackShowsThatItWorksAgain() throws Exception {
        var customer = somebody();
        suppressions.add(Channel.EMAIL, customer.email(), "mailboxfull", "bounce");
        String page = consents.preferencesUrl(customer.id());
        assertThat(Visitor.get(page).body()).contains("What we sent there came back");
        assertThat(Visitor.post(page, "channels", "email", "frequency", "low").body()).contains("Saved.").doesNotContain("one more word");
        assertThat(Visitor.post(page, "channels", "email", "again", "yes").body()).contains("one more word");
        Visitor.post(link(customer, "opt-in"));
        assertThat(suppressions.find(Channel.EMAIL, customer.email())).isEmpty();
        assertThat(proof(customer)).as("a yes that held already is kept with its proof, too").startsWith("opt-in-again-1");
    }

    @Test
    void whomTheShopDoesNotWriteToIsNotHelped() throws Exception {
        var customer = somebody();
        suppressions.add(Channel.EMAIL, customer.email(), "manual", SuppressionList.MANUAL, null);
        String page = consents.preferencesUrl(customer.id());
        assertThat(Visitor.get(page).body()).contains("we don’t write to this address");
        assertThat(Visitor.post(page, "channels", "email", "again", "yes").body()).contains("Saved.").doesNotContain("one more word");
        assertThat(suppressions.find(Channel.EMAIL, customer.email())).isPresent();
    }

    @Test
    void theShopCannotSayYesForWhoComplained() throws Exception {
        var customer = somebody();
        suppressions.add(Channel.EMAIL, customer.email(), "complaint", "feedback");
        new Api("http://localhost:" + port, "test-token").postJson("/api/v1/customers", "{\"externalId\": \"%s\", \"consent\": {\"email\": true}}".formatted(customer.externalId()));
        assertThat(suppressions.find(Channel.EMAIL, customer.email())).isPresent();
    }

    @Test
    void whoComplainedCanStillAskToBeForgotten() throws Exception {
        var customer = somebody();
        suppressions.add(Channel.EMAIL, customer.email(), "complaint", "feedback");
        Visitor.post(consents.preferencesUrl(customer.id()) + "/privacy", "what", "erase");
        assertThat(Visitor.post(link(customer, "erase")).body()).contains("You are forgotten");
        assertThat(suppressions.find(Channel.EMAIL, customer.email())).as("and stays on the list, as nobody's").isPresent();
    }

    private String proof(Customer customer) {
        return jdbc.sql("SELECT wording_version || ' / ' || page || ' / ' || ip FROM consent_change WHERE customer_id = ? AND granted ORDER BY id DESC LIMIT 1")
                .param(customer.id()).query(String.class).single();
    }

    private String link(Customer customer, String kind) {
        return await().atMost(PATIENCE).until(() -> jdbc.sql("""
                SELECT c.data ->> 'confirmUrl' FROM message_content c JOIN message m ON m.id = c.message_id
                 WHERE m.customer_id = ? AND m.template = ? AND m.status = 'sent'""").param(customer.id()).param("confirm-" + kind).query(String.class).optional().orElse(null),
                Objects::nonNull);
    }

    private Customer somebody() throws Exception {
        String id = "again-" + UUID.randomUUID();
        new Api("http://localhost:" + port, "test-token").postJson("/api/v1/customers",
                "{\"externalId\": \"%1$s\", \"email\": \"%1$s@example.org\", \"firstName\": \"Sam\", \"consent\": {\"email\": true}}".formatted(id));
        return customers.require(id);
    }
}
