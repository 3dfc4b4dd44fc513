package dev.drover.trigger;

import dev.drover.journey.JourneyStarters;
import dev.drover.segment.SegmentUse;
import dev.drover.template.TemplateUse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Tells the floors below which triggers need what is theirs, before they take it away, and which begin their journeys. */
@Configuration
class TriggerUse {

    @Bean
    TemplateUse templatesOfTriggers(JdbcClient jdbc) {
        return template -> names(jdbc, "action_type LIKE 'send%' AND action_config ->> 'template' = :key", template);
    }

    @Bean
    SegmentUse segmentsOfTriggers(JdbcClient jdbc) {
        return segment -> names(jdbc, """
                trigger_config ->> 'segment' = :key OR action_type = 'add_to_segment' AND action_config ->> 'segment' = :key
                    OR jsonb_path_exists(conditions, '$.** ? (@.field == "segment" && @.value == $key)', jsonb_build_object('key', :key))""", segment);
    }

    @Bean
    JourneyStarters startersOfTriggers(JdbcClient jdbc) {
        return () -> {
            var starters = new HashMap<String, List<JourneyStarters.Starter>>();
            jdbc.sql("SELECT action_config ->> 'journey', name, key, is_active FROM marketing_trigger WHERE action_type = 'start_journey' ORDER BY name, key").query(row -> {
                starters.computeIfAbsent(row.getString(1), journey -> new ArrayList<>()).add(new JourneyStarters.Starter(row.getString(2), "/triggers/" + row.getString(3), row.getBoolean(4)));
            });
            return starters;
        };
    }

    private static List<String> names(JdbcClient jdbc, String condition, String key) {
        return jdbc.sql("SELECT name FROM marketing_trigger WHERE " + condition + " ORDER BY name").param("key", key).query(String.class).list().stream().map(name -> "the trigger " + name).toList();
    }
}
