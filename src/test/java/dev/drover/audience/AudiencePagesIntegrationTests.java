package dev.drover.audience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.security.test.web.servlet.setup.SecurityMockMvcConfigurers.springSecurity;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrlPattern;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import dev.drover.eventlog.Event;
import dev.drover.testing.Api;
import dev.drover.testing.IntegrationTest;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;

@IntegrationTest
class AudiencePagesIntegrationTests {

    @Autowired
    WebApplicationContext context;

    @Autowired
    CustomerIntake intake;

    @Autowired
    OrderIntake orders;

    @Autowired
    EventIntake events;

    private final String test = "p" + UUID.randomUUID().toString().substring(0, 8);
    private MockMvc pages;

    @BeforeEach
    void open() {
        pages = MockMvcBuilders.webAppContextSetup(context).apply(springSecurity()).build();
    }

    @Test
    void findsACustomerByTheBeginningOfNameAddressOrId() throws Exception {
        know(test, "Ines-" + test, test + "@example.org");
        for (String search : new String[] {"ines-" + test, test.toUpperCase(java.util.Locale.ROOT), test + "@exa"}) {
            assertThat(page(get("/customers").param("search", search))).contains("/customers/" + test).contains("Ines-" + test);
        }
        assertThat(page(get("/customers").param("search", test + "%"))).contains("begins with").doesNotContain("/customers/" + test);
        assertThat(page(get("/customers").param("search", test).header("HX-Request", "true"))).startsWith("<div id=\"customers\"").contains("/customers/" + test);
    }

    @Test
    void showsAProfileWithItsTimelineAndEscapesWhatPeopleAreCalled() throws Exception {
        know(test, "<script>alert(1)</script>", test + "@example.org");
        orders.take(new OrderInput(test + "-1", test, Instant.parse("2020-05-01T10:00:00Z"), null,
                List.of(new OrderInput.Line("milk", BigDecimal.TWO, new BigDecimal("600.50"), null)), null, null), Event.Origin.IMPORT);
        String page = page(get("/customers/" + test));
        assertThat(page).contains("&lt;script&gt;").doesNotContain("<script>alert").contains("EUR 1,201.00").contains("1 May 2020").contains("Became known");
    }

    @Test
    void pagesThroughALongTimelineWithoutLoss() throws Exception {
        know(test, "Sam", null);
        var at = Instant.parse("2020-01-01T00:00:00Z");
        events.takeAll(IntStream.range(0, 75).mapToObj(n -> new EventInput(test + n, "note." + test + "." + n, test, null, at.plusSeconds(n / 5), Map.of())).toList(),
                "", Event.Origin.IMPORT);
        var seen = new java.util.TreeSet<String>();
        String url = "/customers/" + test;
        for (int n = 0; url != null && n < 10; n++) {
            String page = page(get(java.net.URI.create(url)));
            var entry = java.util.regex.Pattern.compile("note\\." + test + "\\.\\d+").matcher(page);
            while (entry.find()) {
                seen.add(entry.group());
            }
            var more = java.util.regex.Pattern.compile("hx-get=\"(/customers/" + test + "/timeline[^\"]+)\"").matcher(page);
            url = more.find() ? more.group(1).replace("&amp;", "&") : null;
        }
        assertThat(seen).hasSize(75);
    }

    @Test
    void guidesAFileFromUploadToItsRejects() throws Exception {
        String content = "Reference,Article,Pieces,Day,Price\n" + test + "-1,milk,2,2020-01-01,1.50\n" + test + "-2,milk,none,2020-01-01,1.50\n";
        String columns = pages.perform(multipart("/imports").file(new MockMultipartFile("file", "shop.csv", "text/csv", content.getBytes(StandardCharsets.UTF_8)))
                .param("kind", "transactions").with(user("maria").roles("MARKETER")).with(csrf()))
                .andExpect(status().is3xxRedirection()).andExpect(redirectedUrlPattern("/imports/*/columns")).andReturn().getResponse().getRedirectedUrl();
        assertThat(page(get(columns))).contains("Reference").contains(test + "-1").contains("Order id");

        String job = columns.replace("/columns", "");
        pages.perform(post(job + "/start").with(user("maria").roles("MARKETER")).with(csrf())).andExpect(status().is(422));
        pages.perform(post(job + "/start").param("field.orderId", "Reference").param("field.quantity", "Pieces").param("field.placedAt", "Day")
                .with(user("maria").roles("MARKETER")).with(csrf())).andExpect(status().is3xxRedirection());
        Api.await("the page shows the end", Duration.ofSeconds(20), () -> page(get(job + "/progress")).contains("completed"));
        assertThat(page(get(job))).contains("Rejected rows").contains("no number");
        assertThat(page(get("/imports"))).contains("shop.csv").contains(job);
    }

    @Test
    void saysBesideTheFormWhatIsWrongWithAFile() throws Exception {
        String answer = pages.perform(multipart("/imports").file(new MockMultipartFile("file", "x.xlsx", "x", new byte[] {'P', 'K', 3, 4, 0}))
                .param("kind", "customers").with(user("maria").roles("MARKETER")).with(csrf())).andExpect(status().is(422)).andReturn().getResponse().getContentAsString();
        assertThat(answer).contains("Save it as CSV").contains("name=\"file\"");
    }

    @Test
    void countsOnTheTile() throws Exception {
        know(test, "Sam", null);
        assertThat(page(get("/customers/tile"))).startsWith("<a class=\"tile\"").contains("new this week");
    }

    private void know(String id, String name, String email) {
        intake.take(new CustomerInput(id, email, null, null, name, null, null, null, null, null, null), Event.Origin.IMPORT);
    }

    private String page(MockHttpServletRequestBuilder request) throws Exception {
        return pages.perform(request.with(user("maria").roles("MARKETER"))).andExpect(status().isOk()).andReturn().getResponse().getContentAsString();
    }
}
