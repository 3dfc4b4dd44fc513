package dev.drover.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.security.test.web.servlet.setup.SecurityMockMvcConfigurers.springSecurity;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import dev.drover.testing.IntegrationTest;
import java.util.UUID;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.UserRequestPostProcessor;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;

/** What a person meets: log-in, roles, forged forms, error pages. */
@IntegrationTest
class PeopleIntegrationTests {

    @Autowired
    WebApplicationContext context;

    @Autowired
    People people;

    @Autowired
    AuditLog audit;

    private final String name = "p-" + UUID.randomUUID();
    private MockMvc pages;

    @BeforeEach
    void open() {
        pages = MockMvcBuilders.webAppContextSetup(context).apply(springSecurity()).build();
    }

    @Test
    void asksForALogInBeforeAnyPage() throws Exception {
        for (String page : new String[] {"/", "/customers", "/settings", "/inbox", "/swagger-ui/index.html", "/no-such-page"}) {
            pages.perform(get(page)).andExpect(redirectedUrl("/login"));
        }
        pages.perform(get("/actuator/health/liveness")).andExpect(status().isOk());
        pages.perform(get("/login")).andExpect(status().isOk());
    }

    @Test
    void letsOnlyAnAdminManageTokensAndPeople() throws Exception {
        pages.perform(post("/settings/tokens").with(marketer()).with(csrf()).param("name", name)).andExpect(status().isForbidden());
        pages.perform(get("/audit").with(marketer())).andExpect(status().isForbidden());
        pages.perform(get("/settings").with(marketer())).andExpect(content().string(Matchers.not(Matchers.containsString("Make token"))));

        pages.perform(post("/settings/tokens").with(admin()).with(csrf()).param("name", name)).andExpect(status().is3xxRedirection());
        assertThat(audit.latest(null, 50)).anyMatch(entry -> entry.action().equals("token.created") && entry.subject().equals(name) && entry.actor().equals("admin"));
        pages.perform(get("/audit").with(admin())).andExpect(content().string(Matchers.containsString(name)));
    }

    @Test
    void whoIsShutOutIsOutAtOnce() throws Exception {
        people.add(name, "a-good-password", "MARKETER");
        var session = (MockHttpSession) pages.perform(logIn()).andExpect(redirectedUrl("/")).andReturn().getRequest().getSession();
        pages.perform(get("/settings").session(session)).andExpect(status().isOk());

        long id = people.all().stream().filter(person -> person.name().equals(name)).findFirst().orElseThrow().id();
        pages.perform(post("/settings/people/{id}/active", id).with(admin()).with(csrf()).param("active", "false")).andExpect(status().is3xxRedirection());
        pages.perform(get("/settings").session(session)).andExpect(redirectedUrl("/login"));
        pages.perform(logIn()).andExpect(redirectedUrl("/login?error"));
    }

    @Test
    void aPasswordIsChangedByWhoKnowsTheFormerOne() throws Exception {
        people.add(name, "a-good-password", "MARKETER");
        var me = user(name).roles("MARKETER");
        pages.perform(post("/settings/password").with(me).with(csrf()).param("former", "a-wrong-password").param("password", "a-better-password"))
                .andExpect(status().isUnprocessableContent());
        pages.perform(post("/settings/password").with(me).with(csrf()).param("former", "a-good-password").param("password", "short"))
                .andExpect(status().isUnprocessableContent());
        pages.perform(logIn()).andExpect(redirectedUrl("/"));
        pages.perform(post("/settings/password").with(me).with(csrf()).param("former", "a-good-password").param("password", "a-better-password"))
                .andExpect(redirectedUrl("/settings"));
        pages.perform(logIn()).andExpect(redirectedUrl("/login?error"));
    }

    @Test
    void refusesAForgedForm() throws Exception {
        pages.perform(post("/time").with(admin()).param("by", "PT1H")).andExpect(status().isForbidden());
        pages.perform(post("/settings/tokens").with(admin()).param("name", name)).andExpect(status().isForbidden());
    }

    @Test
    void comesBackToThisServerOnlyAfterTheTimeIsMoved() throws Exception {
        pages.perform(post("/time").with(admin()).with(csrf()).param("by", "PT1S").header("Referer", "http://localhost/carts?x=1")).andExpect(redirectedUrl("/carts"));
        pages.perform(post("/time").with(admin()).with(csrf()).param("by", "PT1S").header("Referer", "https://evil.example//evil.example/")).andExpect(redirectedUrl("/"));
    }

    @Test
    void showsAPageAndToHtmxANoticeWhenThereIsNothing() throws Exception {
        pages.perform(get("/no-such-page").with(admin())).andExpect(status().isNotFound()).andExpect(content().string(Matchers.containsString("<h1>There is nothing here</h1>")));
        pages.perform(get("/no-such-page").with(admin()).header("HX-Request", "true")).andExpect(status().isNotFound())
                .andExpect(content().string(Matchers.not(Matchers.containsString("<html"))));
    }

    @Test
    void forbidsScriptsFromElsewhereAndInPages() throws Exception {
        pages.perform(get("/").with(admin())).andExpect(header().string("Content-Security-Policy", Matchers.containsString("script-src 'self';")))
                .andExpect(header().string("X-Content-Type-Options", "nosniff"))
                .andExpect(content().string(Matchers.not(Matchers.matchesPattern("(?s).*<(script(?! src=)|style)[ >].*"))));
    }

    private MockHttpServletRequestBuilder logIn() {
        return post("/login").with(csrf()).param("username", name).param("password", "a-good-password");
    }

    private static UserRequestPostProcessor admin() {
        return user("admin").roles("ADMIN", "MARKETER", "ANALYST");
    }

    private static UserRequestPostProcessor marketer() {
        return user("marieke").roles("MARKETER");
    }
}
