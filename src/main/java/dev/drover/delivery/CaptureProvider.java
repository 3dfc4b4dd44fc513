package dev.drover.delivery;

import dev.drover.delivery.throughput.Line;
import dev.drover.kernel.Channel;
import dev.drover.kernel.PlatformClock;
import java.sql.Timestamp;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Keeps every message here, for the inbox page: nothing leaves the machine until another provider is configured. */
@Component
class CaptureProvider implements ChannelProvider {

    static final String NAME = Line.CAPTURE;

    private final JdbcClient jdbc;
    private final PlatformClock clock;

    CaptureProvider(JdbcClient jdbc, PlatformClock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<Channel> channels() {
        return EnumSet.allOf(Channel.class);
    }

    @Override
    public int preference() {
        return 0;
    }

    @Override
    public Result send(Outbound message) {
        try {
            // Not waited for until the disk has it: the ledger is told afterwards, and what it says is on the disk later than this.
            jdbc.sql("INSERT INTO captured_message (message_id, captured_at) SELECT ?::bigint, ?::timestamptz FROM set_config('synchronous_commit', 'off', true) ON CONFLICT DO NOTHING")
                    .param(message.id()).param(Timestamp.from(clock.instant())).update();
            return new Result.Taken("capture-" + message.id());
        } catch (DataAccessException e) {
            return new Result.Temporary("the inbox can't be written: " + e.getMessage());
        }
    }

    @Override
    public Optional<Boolean> has(long messageId) {
        return Optional.of(jdbc.sql("SELECT EXISTS (SELECT 1 FROM captured_message WHERE message_id = ?)").param(messageId).query(Boolean.class).single());
    }
}
