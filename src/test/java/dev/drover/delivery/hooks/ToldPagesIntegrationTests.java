package dev.drover.delivery.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.testing.Api;
import dev.drover.testing.IntegrationTest;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;

/** Operators see what was told, and what is kept of it for how long. */
@IntegrationTest
class ToldPagesIntegrationTests {

    @LocalServerPort
    int port;

    @Autowired
    WebApplicationContext application;

    @Autowired
    Shipped shipped;

    @Autowired
    ToldIntake intake;

    @Autowired
    KeptEvents kept;

    @Autowired
    JdbcClient jdbc;

    @Test
    void messageShowsWhatItsProviderTold() throws Exception {
        var mail = shipped.mail(new Api("http://localhost:" + port, "test-token"), "sendgrid");
        tell(new Told("sendgrid", UUID.randomUUID().toString(), Told.Kind.DELIVERED, mail.id(), mail.mark(), null, mail.address(), null, "", Told.NOW));
        shipped.awaitStatus(mail, "delivered");
        assertThat(page("/messages/" + mail.id() + "/told")).contains("it arrived").contains("SendGrid");
        assertThat(page("/messages/" + mail.id())).contains("/messages/" + mail.id() + "/told");
    }

    @Test
    void whatFitsNothingIsShownEscapedAndForgottenInTime() throws Exception {
        String id = UUID.randomUUID().toString();
        tell(new Told("ses", id, Told.Kind.BOUNCED, null, null, null, "<script>" + id, null, "", Told.NOW));
        org.awaitility.Awaitility.await().until(() -> {
            shipped.hurry(id);
            return shipped.state(id).equals("aside");
        });
        assertThat(page("/messages/aside")).contains("&lt;script&gt;" + id).contains("it names no message").doesNotContain("<script>" + id);
        kept.clean();
        assertThat(shipped.state(id)).isEqualTo("aside");
        jdbc.sql("UPDATE provider_event SET received_at = received_at - interval '31 days' WHERE event_id = ?").param(id).update();
        kept.clean();
        assertThat(shipped.state(id)).isEqualTo("not there");
    }

    private void tell(Told told) {
        intake.take(List.of(new Told.Incoming(told, String.valueOf(told.address()))));
        assertThat(told.at()).isAfter(Instant.EPOCH);
    }

    private String page(String path) throws Exception {
        var pages = MockMvcBuilders.webAppContextSetup(application).build();
        return pages.perform(MockMvcRequestBuilders.get(path)).andReturn().getResponse().getContentAsString();
    }
}
