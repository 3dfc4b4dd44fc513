package dev.drover.tracking;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.drover.kernel.Sha256;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Where links lead, each address once. A campaign's links are the same for everybody and found in memory; a link that is somebody's own costs one
 * way to the database. Links are never changed nor taken away, so what is in memory stays true.
 */
@Component
class Links {

    private static final int IN_MEMORY = 20_000;
    private static final int TRIES = 5;

    private record Link(long id, String url) {}

    private final JdbcTemplate jdbc;
    private final Cache<String, Long> ids = Caffeine.newBuilder().maximumSize(IN_MEMORY).build();
    private final Cache<Long, String> urls = Caffeine.newBuilder().maximumSize(IN_MEMORY).build();

    Links(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** The number of each address, stored where it wasn't. Never in the caller's transaction: what that takes back would live on in memory and in mails. */
    @Transactional(propagation = Propagation.NOT_SUPPORTED)
    Map<String, Long> idsOf(Collection<String> wanted) {
        var found = new HashMap<String, Long>(ids.getAllPresent(wanted));
        // In one order for everybody: two mails that store the same links never wait for one another in a circle.
        var missing = new TreeSet<>(wanted);
        missing.removeAll(found.keySet());
        for (int tries = 0; tries < TRIES && !missing.isEmpty(); tries++) {
            // Whoever stores the same at this very moment keeps us from storing it and from seeing it: the next look does.
            store(List.copyOf(missing)).forEach(link -> {
                found.put(link.url(), link.id());
                ids.put(link.url(), link.id());
            });
            missing.removeAll(found.keySet());
        }
        if (!missing.isEmpty()) {
            throw new IllegalStateException("The links of a mail can't be stored.");
        }
        return found;
    }

    /** @return empty for a link that was never stored */
    Optional<String> url(long id) {
        return Optional.ofNullable(urls.get(id, this::read));
    }

    private @Nullable String read(long id) {
        return jdbc.queryForList("SELECT url FROM tracked_link WHERE id = ?", String.class, id).stream().findFirst().orElse(null);
    }

    private List<Link> store(List<String> ordered) {
        return jdbc.query(connection -> {
            var statement = connection.prepareStatement("""
                    WITH given AS (SELECT * FROM unnest(?::bytea[], ?::text[]) WITH ORDINALITY AS g (hash, url, place)),
                         known AS (SELECT l.id, l.hash, l.url FROM tracked_link l JOIN given USING (hash)),
                         fresh AS (INSERT INTO tracked_link (hash, url)
                                   SELECT hash, url FROM given WHERE hash NOT IN (SELECT hash FROM known) ORDER BY place
                                   ON CONFLICT (hash) DO NOTHING RETURNING id, url)
                    SELECT id, url FROM known UNION ALL SELECT id, url FROM fresh""");
            statement.setArray(1, connection.createArrayOf("bytea", ordered.stream().map(Sha256::of).toArray(byte[][]::new)));
            statement.setArray(2, connection.createArrayOf("text", ordered.toArray()));
            return statement;
        }, (row, n) -> new Link(row.getLong(1), row.getString(2)));
    }
}
