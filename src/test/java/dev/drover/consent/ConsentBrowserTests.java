package dev.drover.consent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.audience.Customer;
import dev.drover.audience.Customers;
import dev.drover.kernel.Channel;
import dev.drover.testing.Api;
import dev.drover.testing.Browser;
import dev.drover.testing.IntegrationTest;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The pages for customers and for those who look after them, in a real browser. */
@IntegrationTest
class ConsentBrowserTests {

    @LocalServerPort
    int port;
    @Autowired
    Customers customers;
    @Autowired
    Consents consents;
    @Autowired
    Confirmations confirmations;
    @Autowired
    Suppressions suppressions;
    @Autowired
    JdbcClient jdbc;

    @ParameterizedTest
    @CsvSource({"390, true", "1440, false"})
    void everyPageIsWithinReachOfEverybody(int width, boolean dark) throws Exception {
        var customer = somebody();
        suppressions.add(Channel.EMAIL, "a-very-long-address-of-somebody-" + UUID.randomUUID() + "@a-long-domain.example", "userunknown", "bounce");
        suppressions.add(Channel.EMAIL, customer.email(), "complaint", "feedback");
        try (var browser = Browser.open(port); var window = browser.window(width, dark)) {
            var all = new SoftAssertions();
            for (String page : List.of(consents.preferencesUrl(customer.id()), consents.unsubscribeUrl(customer.id(), Channel.EMAIL), link(customer, Confirmation.Kind.OPT_IN),
                    link(customer, Confirmation.Kind.EXPORT), link(customer, Confirmation.Kind.ERASE), "/suppressions", "/suppressions?search=nobody", "/deliverability",
                    "/deliverability?from=2001-01-01&to=2001-01-31", "/customers/" + customer.externalId(), "/customers/" + customer.externalId() + "/erase")) {
                all.assertThat(window.visit(page)).as(page).isEqualTo(200);
                all.assertThat(window.overhang()).as(page + " is wider than the window by").isZero();
                all.assertThat(window.barriers()).as(page).isEmpty();
            }
            all.assertAll();
            assertThat(window.mistakes()).isEmpty();
        }
    }

    @Test
    void choosesByKeyboardAlone() throws Exception {
        var customer = somebody();
        try (var browser = Browser.open(port); var window = browser.window(390, false)) {
            window.visit(consents.preferencesUrl(customer.id()));
            var page = window.page();
            page.focus("#channel-sms");
            page.keyboard().press("Space");
            page.focus("#often-normal");
            page.keyboard().press("ArrowUp");
            page.focus("main form:first-of-type button");
            page.keyboard().press("Enter");
            page.waitForSelector("[role=status]");
            assertThat(page.textContent("[role=status]")).contains("Saved");
            assertThat(consents.of(customer.id()).get(Channel.SMS).granted()).isTrue();
            assertThat(consents.standings(List.of(new Consents.Subject(customer.id(), Channel.EMAIL))).values().iterator().next().frequency()).isEqualTo("low");
        }
    }

    @Test
    void aSlipErasesNobody() throws Exception {
        var customer = somebody();
        try (var browser = Browser.open(port); var window = browser.window(1440, false)) {
            window.visit("/customers/" + customer.externalId() + "/erase");
            window.page().fill("#typed", "somebody else");
            window.page().click("text=Erase for good");
            window.page().waitForSelector("#typed-wrong");
            assertThat(customers.byId(customer.id())).isPresent();
            window.page().fill("#typed", customer.externalId());
            window.page().click("text=Erase for good");
            window.page().waitForSelector("h1:has-text('Erased')");
            assertThat(customers.byId(customer.id())).isEmpty();
            window.visit("/audit");
            assertThat(window.page().textContent("main")).contains("customer number " + customer.id());
        }
    }

    @Test
    void addsAndTakesOffAnAddress() throws Exception {
        String address = UUID.randomUUID() + "@example.org";
        try (var browser = Browser.open(port); var window = browser.window(1440, false)) {
            window.visit("/suppressions");
            window.page().fill("#add-address", "nobody");
            window.page().click("button:text-is('Add')");
            assertThat(window.page().textContent("#add-wrong")).contains("no e-mail address");
            window.page().fill("#add-address", address);
            window.page().click("button:text-is('Add')");
            window.page().waitForSelector("text=Nothing goes there any more");
            window.visit("/suppressions?search=" + address);
            window.page().click("summary");
            window.page().click("text=Take it off the list");
            window.page().waitForSelector("text=Taken off the list");
            assertThat(suppressions.find(Channel.EMAIL, address)).isEmpty();
        }
    }

    private String link(Customer customer, Confirmation.Kind kind) {
        confirmations.request(customer.id(), kind, Proof.of("test"));
        return confirmations.url(confirmations.find(jdbc.sql("SELECT id FROM confirmation WHERE customer_id = ? AND kind = ?").param(customer.id()).param(kind.key())
                .query(Long.class).single()).orElseThrow());
    }

    private Customer somebody() throws Exception {
        String id = "seen-" + UUID.randomUUID();
        new Api("http://localhost:" + port, "test-token").postJson("/api/v1/customers", """
                {"externalId": "%1$s", "email": "%1$s@example.org", "phone": "+31612345678", "firstName": "Sam", "consent": {"email": true, "source": "checkout"}}""".formatted(id));
        return customers.require(id);
    }
}
