package dev.drover.consent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.audience.Customer;
import dev.drover.audience.Customers;
import dev.drover.kernel.Channel;
import dev.drover.testing.Api;
import dev.drover.testing.IntegrationTest;
import dev.drover.testing.Visitor;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What somebody may do with the links of a mail, and what nobody can do with them. */
@IntegrationTest
class PreferenceCentreIntegrationTests {

    @LocalServerPort
    int port;
    @Autowired
    Customers customers;
    @Autowired
    Consents consents;
    @Autowired
    Preferences preferences;
    @Autowired
    JdbcClient jdbc;

    @Test
    void keepsEachChoiceWithItsProof() throws Exception {
        var customer = somebody(true);
        var url = consents.preferencesUrl(customer.id());
        var page = Visitor.get(url);
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("What you get from us", customer.email(), "value=\"win-back\"").doesNotContain("name=\"_csrf\"");

        var saved = Visitor.post(url, "channels", "email", "channels", "sms", "categories", "welcome", "frequency", "low");
        assertThat(saved.body()).contains("Saved.");
        assertThat(consents.of(customer.id()).get(Channel.SMS).granted()).isTrue();
        assertThat(preferences.of(customer.id()).frequency()).isEqualTo("low");
        assertThat(preferences.of(customer.id()).declined()).contains("win-back").doesNotContain("welcome");

        assertThat(proofs(customer)).filteredOn(proof -> "preference page".equals(proof.get("source"))).isNotEmpty().allSatisfy(proof -> {
            assertThat(proof).containsEntry("ip", "127.0.0.1").containsEntry("user_agent", "Visitor/1.0").containsEntry("page", "/p").containsEntry("wording_version", "preferences-2");
            assertThat(proof.get("wording").toString()).contains("yes, write to me");
        });
        assertThat(proofs(customer)).anySatisfy(proof -> assertThat(proof).containsEntry("frequency", "low"))
                .anySatisfy(proof -> assertThat(proof).containsEntry("category", "win-back").containsEntry("granted", false));
        int before = proofs(customer).size();
        Visitor.post(url, "channels", "email", "channels", "sms", "categories", "welcome", "frequency", "low");
        assertThat(proofs(customer)).as("the same again is no change").hasSize(before);
    }

    @Test
    void holdsBackWhatTheCustomerChoseNotToGet() throws Exception {
        var customer = somebody(true);
        Visitor.post(consents.preferencesUrl(customer.id()), "channels", "email", "frequency", "normal");
        var decided = api().postJson("/api/v1/eligibility", """
                {"customerId": "%s", "channel": "email", "category": "welcome", "origin": "journey"}""".formatted(customer.externalId()));
        assertThat(decided.get("rule").asString()).isEqualTo("category");
        assertThat(decided.get("reason").asString()).contains("welcome");
    }

    @Test
    void leavesAllAtOnceWithAReasonAndComesBack() throws Exception {
        var customer = somebody(true);
        var url = consents.preferencesUrl(customer.id());
        assertThat(Visitor.post(url, "everything", "yes", "why", "too-often", "reason", "Every day!\0 <script>").body()).contains("unsubscribed from everything");
        assertThat(consents.of(customer.id()).values()).noneMatch(Consents.State::granted);
        assertThat(proofs(customer)).anySatisfy(proof -> assertThat(proof).containsEntry("reason_key", "too-often").containsEntry("reason", "Every day! <script>"));
        Visitor.post(url, "channels", "email");
        assertThat(consents.of(customer.id()).get(Channel.EMAIL).granted()).isTrue();
    }

    @Test
    void scannersThatOpenEverythingChangeNothing() throws Exception {
        var customer = somebody(true);
        for (String url : List.of(consents.preferencesUrl(customer.id()), consents.unsubscribeUrl(customer.id(), Channel.EMAIL))) {
            assertThat(Visitor.get(url).statusCode()).isEqualTo(200);
            assertThat(Visitor.get(url + "?everything=yes&List-Unsubscribe=One-Click").statusCode()).isEqualTo(200);
            assertThat(Visitor.send("HEAD", url).statusCode()).isEqualTo(200);
            assertThat(Visitor.send("PUT", url).statusCode()).isEqualTo(405);
        }
        assertThat(consents.of(customer.id()).get(Channel.EMAIL).granted()).isTrue();
        assertThat(proofs(customer)).hasSize(1);
    }

    @Test
    void oneClickOfAMailProgramEndsItWithoutCookiesAndRedirects() throws Exception {
        var customer = somebody(true);
        var answer = Visitor.post(consents.unsubscribeUrl(customer.id(), Channel.EMAIL), "List-Unsubscribe", "One-Click");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().map()).doesNotContainKey("set-cookie");
        assertThat(consents.of(customer.id()).get(Channel.EMAIL).granted()).isFalse();
        assertThat(proofs(customer)).last().satisfies(proof -> assertThat(proof).containsEntry("source", "one-click unsubscribe"));
        assertThat(Visitor.post(consents.unsubscribeUrl(customer.id(), Channel.EMAIL), "List-Unsubscribe", "One-Click").statusCode()).as("again").isEqualTo(200);
    }

    @Test
    void aLinkThatIsNotOursIsLikeAPageThatIsNotThere() throws Exception {
        var customer = somebody(true);
        String good = consents.preferencesUrl(customer.id());
        String other = consents.unsubscribeUrl(customer.id(), Channel.EMAIL);
        String token = good.substring(good.lastIndexOf('/') + 1);
        String base = "http://localhost:" + port;
        var refused = List.of(base + "/p/" + token.substring(0, token.length() / 2), base + "/p/" + token + "A", base + "/p/x", base + "/u/" + token,
                base + "/p/" + other.substring(other.lastIndexOf('/') + 1), base + "/p/confirm/" + token, base + "/p/" + token.replace(token.charAt(3), token.charAt(3) == 'A' ? 'B' : 'A'),
                base + "/u/" + "A".repeat(5_000), base + "/p/%00");
        String said = Visitor.get(refused.getFirst()).body();
        for (String url : refused) {
            var answer = Visitor.get(url);
            assertThat(answer.statusCode()).as(url).isIn(404, 400);
            assertThat(Visitor.post(url, "everything", "yes").statusCode()).as(url).isIn(404, 400);
            if (answer.statusCode() == 404) {
                assertThat(answer.body()).isEqualTo(said);
            }
        }
        assertThat(consents.of(customer.id()).get(Channel.EMAIL).granted()).isTrue();
    }

    @Test
    void aLinkThatIsPressedHundredsOfTimesIsHeldOff() throws Exception {
        var url = consents.unsubscribeUrl(somebody(true).id(), Channel.EMAIL);
        int refused = 0;
        for (int n = 0; n < 40; n++) {
            refused += Visitor.post(url, "List-Unsubscribe", "One-Click").statusCode() == 429 ? 1 : 0;
        }
        assertThat(refused).isEqualTo(10);
        assertThat(Visitor.post(consents.unsubscribeUrl(somebody(true).id(), Channel.EMAIL), "List-Unsubscribe", "One-Click").statusCode()).as("others").isEqualTo(200);
    }

    @Test
    void hostileFormsAreRefusedOrIgnored() throws Exception {
        var customer = somebody(true);
        var url = consents.preferencesUrl(customer.id());
        assertThat(Visitor.post(url, "channels", "carrier-pigeon").statusCode()).isEqualTo(422);
        assertThat(Visitor.post(url, "channels", "email", "frequency", "hourly", "categories", "'; DROP TABLE customer; --").statusCode()).isEqualTo(200);
        assertThat(preferences.of(customer.id()).frequency()).isEqualTo("normal");
        assertThat(Visitor.post(url + "/privacy", "what", "everything").statusCode()).isEqualTo(200);
        assertThat(consents.of(customer.id()).get(Channel.EMAIL).granted()).isTrue();
    }

    private List<Map<String, Object>> proofs(Customer customer) {
        return jdbc.sql("SELECT * FROM consent_change WHERE customer_id = ? ORDER BY id").param(customer.id()).query().listOfRows();
    }

    private Customer somebody(boolean consent) throws Exception {
        String id = "choice-" + UUID.randomUUID();
        api().postJson("/api/v1/customers", """
                {"externalId": "%1$s", "email": "%1$s@example.org", "firstName": "Sam", "consent": {"email": %2$s, "source": "checkout"}}""".formatted(id, consent));
        return customers.require(id);
    }

    private Api api() {
        return new Api("http://localhost:" + port, "test-token");
    }
}
