package dev.drover.cart;

import dev.drover.eventlog.Event;
import dev.drover.kernel.SignedTokens;
import java.sql.Timestamp;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Who came back to a left cart by a reminder's link. Scanners follow links too: only what tracking takes for a person's click counts, and so only links of mails. */
@Component
class ComingBack {

    private static final Pattern LINK = Pattern.compile("/r/([A-Za-z0-9_.~-]+)");

    private final JdbcTemplate jdbc;
    private final SignedTokens tokens;

    ComingBack(JdbcTemplate jdbc, SignedTokens tokens) {
        this.jdbc = jdbc;
        this.tokens = tokens;
    }

    /** @param clicks {@code email.clicked}, whatever they led to */
    void note(List<Event> clicks) {
        var rows = clicks.stream().flatMap(click -> cart(click).stream().map(cart -> new Object[] {Timestamp.from(click.occurredAt()), cart, Timestamp.from(click.occurredAt())})).toList();
        if (!rows.isEmpty()) {
            jdbc.batchUpdate("""
                    UPDATE abandoned_cart SET came_back_at = least(came_back_at, ?)
                     WHERE id = (SELECT id FROM abandoned_cart WHERE cart_id = ? AND abandoned_at <= ? AND recovery_status <> 'excluded' ORDER BY id DESC LIMIT 1)""", rows);
        }
    }

    private Optional<Long> cart(Event click) {
        String url = click.text("url");
        Matcher link = LINK.matcher(url == null ? "" : url);
        return link.find() ? tokens.verify(CartPages.RESTORE, link.group(1)).map(Long::valueOf) : Optional.empty();
    }
}
