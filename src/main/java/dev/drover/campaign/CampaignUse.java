package dev.drover.campaign;

import dev.drover.journey.JourneyStarters;
import dev.drover.segment.SegmentUse;
import dev.drover.template.TemplateUse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Tells the floors below which campaigns still need what is theirs, before they take it away, and which let people into their journeys. One that has begun keeps its text; one that has ended needs nothing. */
@Configuration
class CampaignUse {

    @Bean
    TemplateUse templatesOfCampaigns(JdbcClient jdbc) {
        return template -> names(jdbc, "(template = :key OR settings -> 'fallback' @> to_jsonb(:key::text))", template);
    }

    @Bean
    SegmentUse segmentsOfCampaigns(JdbcClient jdbc) {
        return segment -> names(jdbc, "(target_audience -> 'segments' @> to_jsonb(:key::text) OR target_audience -> 'exclude' @> to_jsonb(:key::text) "
                + "OR jsonb_path_exists(target_audience, '$.conditions.** ? (@.field == \"segment\" && @.value == $key)', jsonb_build_object('key', :key::text)))", segment);
    }

    @Bean
    JourneyStarters startersOfCampaigns(JdbcClient jdbc) {
        return () -> {
            var starters = new HashMap<String, List<JourneyStarters.Starter>>();
            jdbc.sql("""
                    SELECT s.origin_id, c.name, c.id, c.status = 'running' FROM campaign_source s JOIN email_campaign c ON c.id = s.campaign_id AND c.campaign_type = 'drip'
                     WHERE s.origin_type = 'journey' AND s.until IS NULL ORDER BY c.name""").query(row -> {
                starters.computeIfAbsent(row.getString(1), journey -> new ArrayList<>()).add(new JourneyStarters.Starter(row.getString(2), "/campaigns/" + row.getLong(3), row.getBoolean(4)));
            });
            return starters;
        };
    }

    private static List<String> names(JdbcClient jdbc, String condition, String key) {
        return jdbc.sql("SELECT name FROM email_campaign WHERE status IN ('scheduled', 'running', 'paused') AND " + condition + " ORDER BY name").param("key", key).query(String.class).list()
                .stream().map(name -> "the campaign " + name).toList();
    }
}
