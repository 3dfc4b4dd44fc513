package dev.drover.campaign;

import dev.drover.kernel.Person;
import dev.drover.kernel.PersonalData;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Whose name stands on a campaign's list, and who is in the audience of one that is just beginning. Their messages are the ledger's. */
@Component
class CampaignData implements PersonalData {

    private final JdbcClient jdbc;

    CampaignData(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public String field() {
        return "campaignLists";
    }

    @Override
    public Object held(Person person) {
        List<String> names = jdbc.sql("SELECT c.name FROM campaign_list l JOIN email_campaign c ON c.id = l.campaign_id WHERE l.customer_id = ? ORDER BY c.id").param(person.id())
                .query(String.class).list();
        return names.stream().map(name -> Map.of("campaign", name)).toList();
    }

    @Override
    public void erase(Person person) {
        jdbc.sql("DELETE FROM campaign_list WHERE customer_id = ?").param(person.id()).update();
        // By each run, so that the key is of use.
        jdbc.sql("DELETE FROM campaign_audience a USING campaign_run r WHERE r.phase IN ('sifting', 'queueing', 'testing') AND a.campaign_id = r.campaign_id AND a.run = r.run AND a.customer_id = ?").param(person.id()).update();
    }
}
