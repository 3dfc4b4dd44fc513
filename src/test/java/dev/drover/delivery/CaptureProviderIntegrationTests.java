package dev.drover.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.delivery.ChannelProvider.Outbound;
import dev.drover.delivery.ChannelProvider.Result;
import dev.drover.kernel.Channel;
import dev.drover.kernel.PlatformClock;
import dev.drover.testing.IntegrationTest;
import java.sql.Timestamp;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@IntegrationTest
class CaptureProviderIntegrationTests implements ChannelContract {

    @Autowired
    CaptureProvider provider;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    PlatformClock clock;

    /** Left as being sent, moved time would wait for them in every later test. */
    @AfterEach
    void tidyUp() {
        jdbc.sql("UPDATE message SET status = 'sent', sent_at = queued_at, lease_owner = NULL, lease_until = NULL WHERE key LIKE 'capture-%' AND status = 'sending'").update();
    }

    @Override
    public ChannelProvider provider() {
        return provider;
    }

    @Override
    public Outbound outbound(MessageContent content) {
        var now = Timestamp.from(clock.instant());
        // As one that is being sent, so that nobody else takes it up.
        long id = jdbc.sql("""
                INSERT INTO message (key, channel, address, origin_type, origin_id, template, category, type, status, not_before, lease_owner, lease_until, queued_at)
                VALUES (?, 'email', 'sam@example.org', 'api', 'test', 'none', 'none', 'transactional', 'sending', ?, 'test', clock_timestamp() + interval '1 hour', ?)
                RETURNING id""").param("capture-" + UUID.randomUUID()).param(now).param(now).query(Long.class).single();
        return new Outbound(id, Channel.EMAIL, "sam@example.org", new Sender("main", "Meadow", "hello@meadow.example", null, "Polderweg 7", null), content, clock.instant());
    }

    @Override
    public int received(Outbound message) {
        return jdbc.sql("SELECT count(*) FROM captured_message WHERE message_id = ?").param(message.id()).query(Integer.class).single();
    }

    @Test
    void keepsOneHoweverOftenItIsHandedOver() {
        var message = outbound(content());
        assertThat(provider.send(message)).isInstanceOf(Result.Taken.class);
        assertThat(provider.send(message)).isInstanceOf(Result.Taken.class);
        assertThat(received(message)).isOne();
    }
}
