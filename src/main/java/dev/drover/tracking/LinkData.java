package dev.drover.tracking;

import dev.drover.kernel.Person;
import dev.drover.kernel.PersonalData;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Links that name the person, as a shop may write them: they lead to the shop's first page from now on. Opens and clicks know only the message's
 * number and stay; a message of somebody erased is nobody's.
 */
@Component
class LinkData implements PersonalData {

    private final JdbcClient jdbc;

    LinkData(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public @Nullable String field() {
        return null;
    }

    @Override
    public void erase(Person person) {
        for (String told : new String[] {person.email(), person.phone()}) {
            if (told != null) {
                jdbc.sql("""
                        UPDATE tracked_link SET url = regexp_replace(url, '^([a-zA-Z]+://[^/?#]+).*$', '\\1/'), hash = sha256(('erased:' || id)::bytea)
                         WHERE position(:plain IN lower(url)) > 0 OR position(:encoded IN lower(url)) > 0""")
                        .param("plain", told.toLowerCase(Locale.ROOT)).param("encoded", URLEncoder.encode(told, StandardCharsets.UTF_8).toLowerCase(Locale.ROOT)).update();
            }
        }
    }
}
