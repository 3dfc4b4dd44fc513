package dev.drover.worker;

import dev.drover.campaign.CampaignRuns;
import dev.drover.engine.JobWorker;
import java.util.Map;
import java.util.function.BiFunction;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The steps of a campaign's process. Inputs of each {@code campaignId} and {@code run}; a step that isn't through answers {@code more} and comes again. */
@Configuration
class CampaignWorkers {

    /** Results {@code outcome} (go, early, paused, refused, more) and {@code startAt}. */
    @Bean
    JobWorker beginCampaign(CampaignRuns runs) {
        return new CampaignWorker("campaign-begin", (campaign, run) -> {
            var begun = runs.begin(campaign, run);
            return Map.of("outcome", begun.outcome(), "startAt", begun.startAt().toString());
        });
    }

    /** Results {@code more}; {@code test}: its groups have theirs, and {@code decideAt}. */
    @Bean
    JobWorker queueCampaign(CampaignRuns runs) {
        return new CampaignWorker("campaign-queue", (campaign, run) -> {
            var queued = runs.queue(campaign, run);
            return Map.of("more", queued.more(), "test", queued.test(), "decideAt", queued.decideAt().toString());
        });
    }

    /** Of a test. Results {@code outcome} (go, early, paused, asks) and {@code decideAt}. */
    @Bean
    JobWorker decideCampaign(CampaignRuns runs) {
        return new CampaignWorker("campaign-decide", (campaign, run) -> {
            var decided = runs.decide(campaign, run);
            return Map.of("outcome", decided.outcome(), "decideAt", decided.decideAt().toString());
        });
    }

    @Bean
    JobWorker closeCampaign(CampaignRuns runs) {
        return new CampaignWorker("campaign-close", (campaign, run) -> {
            runs.close(campaign, run);
            return Map.of();
        });
    }

    @Bean
    JobWorker cancelCampaign(CampaignRuns runs) {
        return new CampaignWorker("campaign-cancel", (campaign, run) -> Map.of("more", runs.cancel(campaign, run)));
    }

    private record CampaignWorker(String type, BiFunction<Long, Integer, Map<String, Object>> step) implements JobWorker {

        @Override
        public boolean forJourneys() {
            return false;
        }

        @Override
        public Map<String, Object> handle(Job job) {
            var inputs = new Inputs(job);
            return step.apply(Long.parseLong(inputs.required("campaignId")), Integer.parseInt(inputs.required("run")));
        }
    }
}
