package dev.drover.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.drover.kernel.Channel;
import dev.drover.testing.Api;
import dev.drover.testing.IntegrationTest;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** What a campaign says of its sender and of its links is what the mail server is handed; in an application of its own, since it sends by SMTP. */
@IntegrationTest
@DirtiesContext
class CampaignOnTheWireIntegrationTests {

    private static final GreenMail SMTP = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private static final Pattern TRACKED = Pattern.compile("href=\"(http://[^\"]*/t/c/[^\"]+)\"[^>]*>Cheese");

    @LocalServerPort
    int port;
    @Autowired
    Sendings sendings;

    @DynamicPropertySource
    static void configure(DynamicPropertyRegistry settings) {
        SMTP.start();
        settings.add("drover.smtp.host", () -> "127.0.0.1");
        settings.add("drover.smtp.port", () -> SMTP.getSmtp().getPort());
    }

    @AfterAll
    static void stop() {
        SMTP.stop();
    }

    @Test
    void theCampaignsOwnSenderSubjectAndUtmReachTheLeavingMail() throws Exception {
        var api = new Api("http://localhost:" + port, "test-token");
        String person = sendings.people(api, 1).getFirst();
        long id = sendings.campaign(api, sendings.segment(api, List.of(person)), sendings.template(Channel.EMAIL), """
                , "subject": "For {{customer.firstName}} only", "fromName": "The cheese room", "fromEmail": "cheese@dairy.example", "replyTo": "answers@dairy.example",
                "settings": {"utmCampaign": "spring-cheese"}""");
        sendings.to(api, id, "start");
        sendings.awaitStatus(api, id, "completed");
        var sent = api.get("/api/v1/messages?campaign=" + id).at("/items/0");
        assertThat(sent.get("status").asString()).as(sent.toString()).isEqualTo("sent");
        // Journeys that come along write to newcomers, too.
        var its = new ArrayList<MimeMessage>();
        for (MimeMessage one : SMTP.getReceivedMessages()) {
            if (one.getSubject().equals("For Sam only")) {
                its.add(one);
            }
        }
        assertThat(its).hasSize(1);
        MimeMessage mail = its.getFirst();
        var from = (InternetAddress) mail.getFrom()[0];
        assertThat(from.getPersonal()).isEqualTo("The cheese room");
        assertThat(from.getAddress()).isEqualTo("cheese@dairy.example");
        assertThat(((InternetAddress) mail.getReplyTo()[0]).getAddress()).isEqualTo("answers@dairy.example");
        assertThat(mail.getAllRecipients()[0]).hasToString(person + "@example.org");
        assertThat(mail.getHeader("List-Unsubscribe-Post")).isNotNull();

        String html = html(mail);
        var link = TRACKED.matcher(html);
        assertThat(link.find()).as(html).isTrue();
        var answer = HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create(link.group(1).replaceFirst("http://[^/]*", "http://localhost:" + port).replace("&amp;", "&"))).build(), BodyHandlers.discarding());
        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.headers().firstValue("Location").orElseThrow()).contains("/cheese").contains("utm_campaign=spring-cheese").contains("utm_medium=email");
    }

    private static String html(Part part) throws Exception {
        if (part.isMimeType("text/html")) {
            return part.getContent().toString();
        }
        var text = new StringBuilder();
        if (part.getContent() instanceof Multipart parts) {
            for (int n = 0; n < parts.getCount(); n++) {
                text.append(html(parts.getBodyPart(n)));
            }
        }
        return text.toString();
    }
}
