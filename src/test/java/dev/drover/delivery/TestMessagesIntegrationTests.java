package dev.drover.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.audience.Customer;
import dev.drover.consent.Suppressions;
import dev.drover.kernel.Channel;
import dev.drover.kernel.PlatformClock;
import dev.drover.kernel.Problem;
import dev.drover.segment.Segments;
import dev.drover.template.Templates.Template;
import dev.drover.testing.Api;
import dev.drover.testing.IntegrationTest;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A text is tried by its author, filled for a customer who has nothing to do with it. */
@IntegrationTest
class TestMessagesIntegrationTests {

    @LocalServerPort
    int port;

    @Autowired
    Correspondence post;

    @Autowired
    TestMessages tests;

    @Autowired
    Previews previews;

    @Autowired
    MessageLedger ledger;

    @Autowired
    Inbox inbox;

    @Autowired
    Suppressions suppressions;

    @Autowired
    Segments segments;

    @Autowired
    PlatformClock clock;

    private final String own = UUID.randomUUID().toString().substring(0, 8);
    private final String author = "me-" + own + "@shop.example";
    private Customer customer;

    @BeforeEach
    void somebody() throws Exception {
        customer = post.somebody(new Api("http://localhost:" + port, "test-token"), 12, true);
    }

    @Test
    void aTestIsInTheInboxAndBelongsToNoCustomer() {
        var sent = tests.send(mail("<p>Hello {{customer.firstName}} <a href=\"{{links.unsubscribe}}\">Unsubscribe</a></p>"), customer, author, "kim");
        assertThat(sent.problem()).isNull();
        assertThat(inbox.capturedAt(sent.id())).isPresent();
        var message = ledger.require(sent.id());
        assertThat(message.status()).isEqualTo("sent");
        assertThat(message.customer()).isNull();
        assertThat(message.origin().type()).isEqualTo("test");
        var content = ledger.content(sent.id()).orElseThrow().content();
        assertThat(content.subject()).isEqualTo("[Test] News");
        assertThat(content.html()).contains("Hello " + customer.firstName(), "href=\"#unsubscribe\"").doesNotContain("/p/", "/u/");
        assertThat(content.headers()).doesNotContainKey("List-Unsubscribe");
        assertThat(ledger.ofCustomer(customer.id(), clock.instant().plusSeconds(60), 5)).noneMatch(one -> one.id() == sent.id());
    }

    @Test
    void aDeadAddressGetsNoTestAndNoAddressGetsAHeader() {
        suppressions.add(Channel.EMAIL, author, "hard_bounce", "test");
        assertThatThrownBy(() -> tests.send(mail("<p>x</p>"), null, author.toUpperCase(), "kim")).isInstanceOf(Problem.class).hasMessageContaining("suppressed");
        assertThatThrownBy(() -> tests.send(mail("<p>x</p>"), null, "a@b.example\r\nBcc: c@d.example", "kim")).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> tests.send(mail("<p>x</p>"), null, null, "kim")).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> tests.send(mail("{{#if x}}"), null, "b" + author, "kim")).isInstanceOf(Problem.class).hasMessageContaining("line 1");
    }

    @Test
    void membersOfASegmentSeeTheirBlock() throws Exception {
        String segment = "club-" + own;
        new Api("http://localhost:" + port, "test-token").postJson("/api/v1/segments", "{\"key\": \"%s\", \"name\": \"Club\", \"type\": \"static\"}".formatted(segment));
        var template = mail("{{#segment \"" + segment + "\"}}member{{else}}guest{{/segment}} {{#segment \"no-such-" + own + "\"}}x{{else}}nobody{{/segment}}");
        assertThat(previews.of(template, customer.externalId(), Map.of()).html()).isEqualTo("guest nobody");
        segments.add(segment, customer.id(), "api");
        assertThat(previews.of(template, customer.externalId(), Map.of()).html()).isEqualTo("member nobody");
    }

    @Test
    void productsAreThoseAStepChoseElseWhatTheyLookedAt() throws Exception {
        var api = new Api("http://localhost:" + port, "test-token");
        for (String name : new String[] {"brie", "gouda"}) {
            api.postJson("/api/v1/products", "{\"externalId\": \"%s-%s\", \"name\": \"%s\", \"price\": \"4.50\", \"currency\": \"EUR\"}".formatted(name, own, name));
        }
        var template = mail("{{#each recommended.products limit=1}}{{name}} {{money price currency}}{{else}}none{{/each}}");
        assertThat(previews.of(template, customer.externalId(), Map.of("recommendations", List.of("no-such", "gouda-" + own))).html()).isEqualTo("gouda EUR 4.50");
        assertThat(previews.of(template, customer.externalId(), Map.of("recommendations", List.of())).html()).isEqualTo("none");
        api.postJson("/api/v1/events", "{\"eventId\": \"v-%s\", \"name\": \"product.viewed\", \"customerId\": \"%s\", \"properties\": {\"productId\": \"brie-%s\"}}".formatted(own, customer.externalId(), own));
        assertThat(previews.of(template, customer.externalId(), Map.of()).html()).isEqualTo("brie EUR 4.50");
    }

    private static Template mail(String html) {
        return new Template("news", "News", Channel.EMAIL, "marketing", "news", "News", null, html, null, true, false, 0);
    }
}
