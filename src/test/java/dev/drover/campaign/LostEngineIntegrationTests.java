package dev.drover.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drover.kernel.Channel;
import dev.drover.testing.IntegrationTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.DefaultApplicationArguments;

/** Campaigns whose process went with an engine's data: a run that no process of this engine knows, as the next start finds it. */
@IntegrationTest
class LostEngineIntegrationTests extends CampaignWalk {

    private static final String GONE = "an engine that is no more";

    @Autowired
    ShippedCampaigns start;
    @Autowired
    Campaigns campaigns;
    @Autowired
    Runs runs;
    @Autowired
    CampaignRuns steps;    private List<String> people;

    @BeforeEach
    void people() throws Exception {
        people = sendings.people(api, 40);
    }

    @Test
    void oneThatWaitsForItsTimeIsBegunAnew() throws Exception {
        long id = lost(CampaignState.SCHEDULED, clock.instant().plus(Duration.ofMinutes(30)));
        start.run(new DefaultApplicationArguments());
        assertThat(sendings.statuses(id)).isEmpty();
        time.advance(Duration.ofMinutes(31));
        sendings.awaitStatus(api, id, "completed");
        assertThat(sendings.recipients(id, "sent")).containsExactlyInAnyOrderElementsOf(people);
    }

    @Test
    void oneInTheMiddleGoesOnWhereItsRowsSay() throws Exception {
        long id = lost(CampaignState.RUNNING, clock.instant());
        assertThat(steps.begin(id, 1).outcome()).isEqualTo("go");
        start.run(new DefaultApplicationArguments());
        sendings.awaitStatus(api, id, "completed");
        assertThat(sendings.recipients(id, "sent")).containsExactlyInAnyOrderElementsOf(people);
    }

    @Test
    void oneThatHasAllSentIsClosed() throws Exception {
        long id = lost(CampaignState.RUNNING, clock.instant());
        steps.begin(id, 1);
        while (steps.queue(id, 1).more()) { }
        await().atMost(Sendings.PATIENCE).until(() -> sendings.count(id, "sent") == people.size() && runs.find(id, 1).orElseThrow().phase().equals("sent"));
        assertThat(sendings.get(api, id).get("status").asString()).as("nobody closes it").isEqualTo("running");
        start.run(new DefaultApplicationArguments());
        sendings.awaitStatus(api, id, "completed");
        assertThat(sendings.recipients(id, "sent")).hasSize(people.size());
    }

    @Test
    void oneThatWasBeingCancelledIsCancelled() throws Exception {
        long id = lost(CampaignState.RUNNING, clock.instant());
        steps.begin(id, 1);
        var run = runs.find(id, 1).orElseThrow();
        runs.move(run, "queueing", "cancelling");
        campaigns.move(id, CampaignState.CANCELLED, null);
        start.run(new DefaultApplicationArguments());
        await().atMost(Sendings.PATIENCE).until(() -> runs.find(id, 1).orElseThrow().phase().equals("cancelled"));
        assertThat(sendings.count(id, "sent")).isZero();
    }

    /** As it is in the database when the engine comes back without its data. */
    private long lost(CampaignState state, Instant due) throws Exception {
        long id = sendings.campaign(api, sendings.segment(api, people), sendings.template(Channel.EMAIL), "");
        campaigns.plan(id, 1, due);
        runs.plan(id, 1, due, GONE);
        campaigns.move(id, state, null);
        return id;
    }
}
