package dev.drover.delivery;

import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.security.test.web.servlet.setup.SecurityMockMvcConfigurers.springSecurity;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import dev.drover.audience.CustomerInput;
import dev.drover.audience.CustomerIntake;
import dev.drover.eventlog.Event;
import dev.drover.testing.IntegrationTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.test.web.servlet.request.AbstractMockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;

/** A draft about who may be written to, tried on one customer from the editor. */
@IntegrationTest
class MessageTrialIntegrationTests {

    private static final String NO_NEWS = """
            rule "no news for Narnia"
            when
                $message : Message( category == "%s", $kind : category )
                Recipient( timeZone == "Europe/Paris", consented || localHour < 4 )
            then
                delivery.skip($message, "no " + $kind + " over there");
            end
            """;
    private static final String TABLE = "eligibility/frequency-caps.drl.xlsx";

    @Autowired
    WebApplicationContext application;

    @Autowired
    CustomerIntake intake;

    private final String customer = "tried-" + UUID.randomUUID();
    private MockMvc browser;

    @BeforeEach
    void somebodySaidYes() {
        browser = MockMvcBuilders.webAppContextSetup(application).apply(springSecurity()).build();
        intake.takeAll(List.of(new CustomerInput(customer, customer + "@example.org", null, null, "Ada", "Tried", "FR", "Europe/Paris", null, Map.of(),
                new CustomerInput.Consent(true, null, null, "test", null))), Event.Origin.LIVE);
    }

    @Test
    void saysWhatWouldBecomeOfAMessageAndWhichConditionsHeld() throws Exception {
        tryOn(NO_NEWS.formatted("newsletter"), "12:00").andExpect(content().string(allOf(containsString("not sent"), containsString("no newsletter over there"),
                containsString("By the rules in force: sent."), containsString("is &quot;Europe/Paris&quot;"), containsString("one of"))));
        tryOn(NO_NEWS.formatted("offers"), "12:00").andExpect(content().string(allOf(containsString(">sent<"), not(containsString("By the rules in force")),
                containsString("doesn’t hold"), containsString("category == &quot;offers&quot;"))));
    }

    @Test
    void theHourIsTheCustomersOwn() throws Exception {
        tryOn(NO_NEWS.formatted("offers"), "23:30").andExpect(content().string(allOf(containsString("sent later"), containsString("quiet hours until 08:00 in Europe/Paris"),
                containsString(", 23:30"))));
    }

    @Test
    void aDecisionTableIsTriedInForceAndBeforeItIsPublished() throws Exception {
        perform(multipart("/rules/try-message").param("path", TABLE).param("at", "12:00")).andExpect(content().string(allOf(containsString(">sent<"), containsString("likeThisWithin"))));
        perform(multipart("/rules/try-message").file("workbook", Files.readAllBytes(Path.of("rules", TABLE))).param("path", TABLE).param("at", "12:00"))
                .andExpect(content().string(allOf(containsString(">sent<"), containsString("likeThisWithin"))));
        perform(multipart("/rules/try-message").file("workbook", "none".getBytes(java.nio.charset.StandardCharsets.UTF_8)).param("path", TABLE))
                .andExpect(content().string(containsString("This workbook has mistakes")));
    }

    @Test
    void tellsWhatStandsInTheWayOfTrying() throws Exception {
        tryOn("rule nonsense", "").andExpect(content().string(containsString("It has mistakes: mend these first.")));
        browser.perform(post("/rules/try-message").param("path", "eligibility/x.drl").param("source", "").param("customer", "nobody-there").param("channel", "email")
                .param("type", "marketing").param("category", "newsletter").param("origin", "api").with(user("mia").roles("MARKETER")).with(csrf()))
                .andExpect(content().string(containsString("There is no customer &#39;nobody-there&#39;.")));
    }

    private ResultActions tryOn(String source, String at) throws Exception {
        return perform(post("/rules/try-message").param("path", "eligibility/draft.drl").param("source", source).param("at", at));
    }

    private ResultActions perform(AbstractMockHttpServletRequestBuilder<?> request) throws Exception {
        return browser.perform(request.param("customer", customer).param("channel", "email").param("type", "marketing").param("category", "newsletter")
                .param("origin", "journey").with(user("mia").roles("MARKETER")).with(csrf())).andExpect(status().isOk());
    }
}
