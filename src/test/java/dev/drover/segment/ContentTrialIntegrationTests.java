package dev.drover.segment;

import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.security.test.web.servlet.setup.SecurityMockMvcConfigurers.springSecurity;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import dev.drover.audience.CustomerInput;
import dev.drover.audience.CustomerIntake;
import dev.drover.audience.OrderInput;
import dev.drover.audience.OrderIntake;
import dev.drover.eventlog.Event;
import dev.drover.kernel.PlatformClock;
import dev.drover.testing.Api;
import dev.drover.testing.IntegrationTest;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;

/** A draft of content rules, tried on one customer from the editor. */
@IntegrationTest
class ContentTrialIntegrationTests {

    private static final String OFFER = """
            rule "gold and much" salience 10 when $c : Customer( text("tier") == "gold" ) Data( number("total") >= 50 ) then content.decide($c, "present", "Gold, and much"); end
            rule "whoever bought" when $c : Customer( orders.count >= %d, $n : orders.count ) then content.decide($c, "thanks", "Ordered " + $n + " times"); end
            """;

    @Autowired
    WebApplicationContext application;
    @Autowired
    CustomerIntake intake;
    @Autowired
    OrderIntake orders;
    @Autowired
    Decisions decisions;
    @Autowired
    PlatformClock clock;

    private final String customer = "asked-" + UUID.randomUUID();
    private long id;
    private MockMvc browser;

    @BeforeEach
    void somebodyWithFiveOrders() {
        browser = MockMvcBuilders.webAppContextSetup(application).apply(springSecurity()).build();
        id = intake.take(new CustomerInput(customer, null, null, null, "Ada", "Asked", null, null, null, Map.of("tier", "gold"), null), Event.Origin.IMPORT).id();
        IntStream.range(0, 5).forEach(n -> orders.take(new OrderInput(customer + n, customer, clock.instant().minus(Duration.ofDays(n + 1L)), "EUR",
                List.of(new OrderInput.Line("asked-butter", BigDecimal.ONE, new BigDecimal("4.50"), "Butter")), null, null), Event.Origin.IMPORT));
        Api.await("the orders are counted", Duration.ofSeconds(20), () -> "free-delivery".equals(decisions.decide("next-offer", id, Map.of()).decision()));
    }

    @Test
    void saysWhatTheDraftWouldDecideByWhichRuleAndHowItsConditionsTurnedOut() throws Exception {
        tryOn("content/draft.drl", OFFER.formatted(1), "{\"total\": 60}").andExpect(content().string(allOf(containsString(">present<"), containsString("Gold, and much"), containsString("“gold and much”"),
                containsString("By the rules in force: no decision."))));
        tryOn("content/draft.drl", OFFER.formatted(1), "").andExpect(content().string(allOf(containsString(">thanks<"), containsString("Ordered 5 times"), containsString("doesn’t hold"),
                containsString("number(&quot;total&quot;) &gt;= 50"))));
        tryOn("content/draft.drl", OFFER.formatted(100), "{\"total\": 1}").andExpect(content().string(allOf(containsString("no decision"), not(containsString("By the rules in force")))));
    }

    @Test
    void comparesWithTheFileInForceAndHearsOfNoOther() throws Exception {
        tryOn("content/next-offer.drl", OFFER.formatted(1), "").andExpect(content().string(allOf(containsString(">thanks<"), containsString("By the rules in force: free-delivery."))));
    }

    @Test
    void tellsWhatStandsInTheWayOfTrying() throws Exception {
        tryOn("content/draft.drl", "rule nonsense", "").andExpect(content().string(containsString("It has mistakes: mend these first.")));
        for (String data : List.of("[1]", "{\"total\": ", "60", "{\"a\": 1} {")) {
            tryOn("content/draft.drl", OFFER.formatted(1), data).andExpect(content().string(containsString("isn’t a JSON object")));
        }
        perform("content/draft.drl", OFFER.formatted(1), "", "nobody-there").andExpect(content().string(containsString("There is no customer &#39;nobody-there&#39;.")));
        perform("content/draft.drl", OFFER.formatted(1), "", "").andExpect(content().string(containsString("Whom shall it be tried on?")));
    }

    private ResultActions tryOn(String path, String source, String data) throws Exception {
        return perform(path, source, data, customer);
    }

    private ResultActions perform(String path, String source, String data, String whom) throws Exception {
        return browser.perform(post("/rules/try-content").param("path", path).param("source", source).param("data", data).param("customer", whom).with(user("mia").roles("MARKETER")).with(csrf()))
                .andExpect(status().isOk());
    }
}
