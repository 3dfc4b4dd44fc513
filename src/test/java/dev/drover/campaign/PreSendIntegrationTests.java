package dev.drover.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.campaign.PreSend.Check;
import dev.drover.campaign.PreSend.Weight;
import dev.drover.kernel.Channel;
import dev.drover.template.Templates;
import dev.drover.template.Templates.Template;
import dev.drover.testing.IntegrationTest;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What is said of a campaign before it is sent, to real recipients. */
@IntegrationTest
class PreSendIntegrationTests extends CampaignWalk {

    @Autowired
    PreSend checks;

    @Autowired
    Campaigns campaigns;

    @Autowired
    Templates templates;

    @Test
    void aGoodOneMayGo() throws Exception {
        long id = sendings.campaign(api, sendings.segment(api, sendings.people(api, 2)), sendings.template(Channel.EMAIL), "");
        var report = checks.of(campaigns.require(id));
        assertThat(report.mayGo()).isTrue();
        assertThat(report.checks()).extracting(Check::weight).doesNotContain(Weight.STOP, Weight.WARN);
        assertThat(report.estimate().reached()).isEqualTo(2);
    }

    @Test
    void tellsOfTagsThatStayEmptyAForeignSenderAndSubjectsLikeJunk() throws Exception {
        String key = "camp-" + UUID.randomUUID();
        templates.save(new Template(key, key, Channel.EMAIL, "marketing", "newsletter", "FREE cheese!!!", null,
                "<p>Hello {{customer.attributes.pet}}</p><p>{{sender.address}} <a href=\"{{links.unsubscribe}}\">Unsubscribe</a></p>", null, true, false, 1));
        long id = sendings.campaign(api, sendings.segment(api, sendings.people(api, 2)), key, ", \"fromEmail\": \"cheese@elsewhere.example\"");
        var report = checks.of(campaigns.require(id));
        assertThat(report.mayGo()).as("these are warnings").isTrue();
        assertThat(report.checks()).anySatisfy(check -> assertThat(check.words()).contains("{{customer.attributes.pet}} stays empty for everybody"))
                .anySatisfy(check -> assertThat(check.words()).contains("elsewhere.example isn't the domain that is set up for sending"))
                .anySatisfy(check -> assertThat(check.words()).contains("The subject shouts"));
    }

    @Test
    void tellsOfOthersOnThatDayThatShareRecipients() throws Exception {
        var people = sendings.people(api, 3);
        String at = ", \"scheduledAt\": \"%s\"".formatted(clock.instant().plus(Duration.ofDays(40)));
        long other = sendings.campaign(api, sendings.segment(api, people.subList(0, 2)), sendings.template(Channel.EMAIL), at);
        long apart = sendings.campaign(api, sendings.segment(api, sendings.people(api, 1)), sendings.template(Channel.EMAIL), at);
        sendings.to(api, other, "schedule");
        sendings.to(api, apart, "schedule");
        long id = sendings.campaign(api, sendings.segment(api, people.subList(1, 3)), sendings.template(Channel.EMAIL), at);
        assertThat(checks.of(campaigns.require(id)).checks()).filteredOn(check -> check.about().equals("Same day")).singleElement()
                .satisfies(check -> assertThat(check.words()).startsWith("1 of them get “" + campaigns.require(other).name()));
        sendings.to(api, other, "cancel");
        sendings.to(api, apart, "cancel");
    }

    @Test
    void stopsOneThatCannotBeSent() throws Exception {
        String key = "camp-" + UUID.randomUUID();
        templates.save(new Template(key, key, Channel.EMAIL, "marketing", "newsletter", "News", null, "<p>No address of ours</p>", null, true, false, 1));
        long id = sendings.campaign(api, sendings.segment(api, sendings.people(api, 1)), key, "");
        var report = checks.of(campaigns.require(id));
        assertThat(report.mayGo()).isFalse();
        assertThat(report.checks()).filteredOn(check -> check.weight() == Weight.STOP).singleElement().satisfies(check -> assertThat(check.words()).contains("postal address"));
        var answer = api.send("POST", "/api/v1/campaigns/" + id + "/start", "application/json", "{}");
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("postal address").contains("\"template\"");
    }
}
