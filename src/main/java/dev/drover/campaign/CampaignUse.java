package dev.drover.campaign;

import dev.drover.segment.SegmentUse;
import dev.drover.template.TemplateUse;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Tells the floors below which campaigns still need what is theirs, before they take it away. One that has begun keeps its text; one that has ended needs nothing. */
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

    private static List<String> names(JdbcClient jdbc, String condition, String key) {
        return jdbc.sql("SELECT name FROM email_campaign WHERE status IN ('scheduled', 'running', 'paused') AND " + condition + " ORDER BY name").param("key", key).query(String.class).list()
                .stream().map(name -> "the campaign " + name).toList();
    }
}
