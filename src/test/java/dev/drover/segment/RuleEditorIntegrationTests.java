package dev.drover.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.security.test.web.servlet.setup.SecurityMockMvcConfigurers.springSecurity;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import dev.drover.ruleset.Rulesets;
import dev.drover.testing.IntegrationTest;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;

/** The editor's page as a plain form, and who may do what. */
@IntegrationTest
class RuleEditorIntegrationTests {

    private static final String GOOD = "rule \"big\" when $c : Customer( orders.count > 999999 ) then segments.enter($c, \"KEY\", \"x\"); end";

    @Autowired
    WebApplicationContext application;

    @Autowired
    Rulesets rulesets;

    private final String key = "form-" + UUID.randomUUID().toString().substring(0, 8);
    private MockMvc browser;

    @BeforeEach
    void open() {
        browser = MockMvcBuilders.webAppContextSetup(application).apply(springSecurity()).build();
    }

    @Test
    void aPlainFormPublishesAndRetires() throws Exception {
        browser.perform(post("/rules/new").with(user("kim").roles("ANALYST")).with(csrf()).param("group", "segments").param("name", key).param("source", GOOD.replace("KEY", key))
                .param("note", "first")).andExpect(status().is3xxRedirection());
        var version = rulesets.versions("segments/" + key + ".drl").getFirst();
        assertThat(version.author()).isEqualTo("kim");
        assertThat(version.note()).isEqualTo("first");
        browser.perform(post("/rules/segments/" + key + ".drl/retire").with(user("kim").roles("ANALYST")).with(csrf()).param("version", "1")).andExpect(status().is3xxRedirection());
        assertThat(rulesets.file("segments/" + key + ".drl")).isEmpty();
    }

    @Test
    void aTextWithMistakesStaysInTheForm() throws Exception {
        browser.perform(post("/rules/new").with(user("kim").roles("ANALYST")).with(csrf()).param("group", "segments").param("name", key).param("source", GOOD.replace("count", "cuont")))
                .andExpect(status().isUnprocessableContent()).andExpect(content().string(containsString("orders.cuont &gt; 999999")))
                .andExpect(content().string(containsString("Orders has no &#39;cuont&#39;"))).andExpect(content().string(containsString("value=\"" + key)));
        browser.perform(post("/rules/new").with(user("kim").roles("ANALYST")).with(csrf()).param("group", "segments").param("name", "../x").param("source", GOOD))
                .andExpect(status().isUnprocessableContent());
    }

    @Test
    void aMarketerLooksAndTriesButDoesNotPublish() throws Exception {
        browser.perform(get("/rules/segments/lapsed.drl").with(user("mia").roles("MARKETER"))).andExpect(status().isOk())
                .andExpect(content().string(containsString("Analysts publish rules.")));
        browser.perform(post("/rules/check").with(user("mia").roles("MARKETER")).with(csrf()).contentType(MediaType.APPLICATION_JSON)
                .content("{\"path\": \"segments/x.drl\", \"source\": \"rule\"}")).andExpect(status().isOk()).andExpect(content().string(containsString("\"valid\":false")));
        for (String url : new String[] {"/rules/new", "/rules/segments/lapsed.drl", "/rules/segments/lapsed.drl/retire", "/rules/segments/lapsed.drl/rollback", "/rules/export"}) {
            browser.perform(post(url).with(user("mia").roles("MARKETER")).with(csrf())).andExpect(status().isForbidden());
        }
        browser.perform(multipart("/rules/table").file("workbook", new byte[0]).with(user("mia").roles("MARKETER")).with(csrf())).andExpect(status().isForbidden());
    }

    @Test
    void aWorkbookThatIsNoneChangesNothing() throws Exception {
        browser.perform(multipart("/rules/eligibility/frequency-caps.drl.xlsx/table").file("workbook", "no workbook".getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .param("version", "1").with(user("kim").roles("ANALYST")).with(csrf()))
                .andExpect(status().isUnprocessableContent()).andExpect(content().string(containsString("no workbook")));
    }
}
