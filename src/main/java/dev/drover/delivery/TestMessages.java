package dev.drover.delivery;

import dev.drover.audience.Customer;
import dev.drover.consent.Suppressions;
import dev.drover.delivery.ChannelProvider.Outbound;
import dev.drover.delivery.Outbox.Claimed;
import dev.drover.delivery.Preparation.Ready;
import dev.drover.delivery.throughput.Candidate;
import dev.drover.delivery.throughput.Placement;
import dev.drover.delivery.throughput.Throughput;
import dev.drover.delivery.throughput.Ticket;
import dev.drover.kernel.Channel;
import dev.drover.kernel.Checks;
import dev.drover.kernel.Json;
import dev.drover.kernel.PlatformClock;
import dev.drover.kernel.Problem;
import dev.drover.template.Templates.Template;
import java.security.SecureRandom;
import java.sql.Timestamp;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Sends a text to its author, to be seen where customers will see it. In the ledger like every message, marked as a test: it belongs to no
 * customer, no link in it acts for one, nothing is tracked, no figure counts it. Handed over at once, so that its author hears what came of it.
 */
@Component
class TestMessages {

    static final String ORIGIN = "test";
    private static final String MARK = "[Test] ";

    /** @param problem why it didn't leave; {@code null}: it did */
    record Sent(long id, String provider, @Nullable String problem) {}

    private final JdbcClient jdbc;
    private final Previews previews;
    private final Suppressions suppressions;
    private final Throughput throughput;
    private final HandOver handOver;
    private final Outbox outbox;
    private final Senders senders;
    private final TransactionOperations transaction;
    private final SecureRandom random;
    private final PlatformClock clock;

    TestMessages(JdbcClient jdbc, Previews previews, Suppressions suppressions, Throughput throughput, HandOver handOver, Outbox outbox, Senders senders, TransactionOperations transaction, SecureRandom random,
            PlatformClock clock) {
        this.jdbc = jdbc;
        this.previews = previews;
        this.suppressions = suppressions;
        this.throughput = throughput;
        this.handOver = handOver;
        this.outbox = outbox;
        this.senders = senders;
        this.transaction = transaction;
        this.random = random;
        this.clock = clock;
    }

    /**
     * @param template as it stands in the editor
     * @param customer whose data it is filled with; {@code null}: somebody's made up
     * @throws Problem rejected for an address that can't be, one that nothing is sent to, and a text that fails
     */
    Sent send(Template template, @Nullable Customer customer, @Nullable String to, String author) {
        String address = address(template.channel(), to);
        var content = marked(template.channel(), previews.forATest(template, customer));
        var now = clock.instant();
        var ticket = transaction.execute(status -> ticket(template.channel(), address));
        long id = transaction.execute(status -> keep(template, address, author, ticket.provider(), content));
        var message = new Claimed(id, 0, template.channel(), address, "transactional", template.category(), ORIGIN, author, template.key(), 1, now, null, ticket);
        var settlement = handOver.send(new Ready(message, new Outbound(id, template.channel(), address, senders.standard(), content, now)));
        // Whoever tests wants to know now, and presses the button once more.
        String problem = settlement.status().equals("sent") ? null : settlement.reason();
        outbox.settle(ORIGIN, List.of(problem == null ? settlement : Settlement.failed(id, problem)));
        return new Sent(id, ticket.provider(), problem);
    }

    private Ticket ticket(Channel channel, String address) {
        return switch (throughput.place(List.of(new Candidate(channel, address, true, null))).getFirst()) {
            case Placement.Go go when throughput.withdrawn(go.ticket()) -> {
                throughput.unused(go.ticket());
                throw Problem.unavailable("Sending is paused: see Providers.");
            }
            case Placement.Go go -> go.ticket();
            case Placement.Wait wait -> throw Problem.unavailable("No provider has room now: " + wait.reason() + ".");
            case Placement.Stay stay -> throw Problem.unavailable("Sending is paused, or switched off for this channel: see Providers.");
        };
    }

    private String address(Channel channel, @Nullable String to) {
        String address = to == null ? "" : to.strip();
        var checks = new Checks().required("to", address).atMost("to", address, 4_096);
        switch (channel) {
            case EMAIL -> checks.email("to", address);
            case SMS -> checks.phone("to", address);
            case PUSH -> { }
        }
        checks.orThrow();
        suppressions.find(channel, address).ifPresent(one -> {
            throw Problem.invalid("to", "Nothing is sent to %s: it is on the list of suppressed addresses (%s).".formatted(address, one.reason()));
        });
        return address;
    }

    private static MessageContent marked(Channel channel, MessageContent content) {
        return channel == Channel.SMS ? new MessageContent(content.subject(), content.preheader(), content.html(), MARK + content.text(), Map.of())
                : new MessageContent(MARK + (content.subject() == null ? "" : content.subject()), content.preheader(), content.html(), content.text(), Map.of());
    }

    /** Leased, as by a dispatcher: should this program die now, it is found out what became of it. */
    private long keep(Template template, String address, String author, String provider, MessageContent content) {
        byte[] key = new byte[16];
        random.nextBytes(key);
        var now = Timestamp.from(clock.instant());
        long id = jdbc.sql("""
                INSERT INTO message (key, channel, address, origin_type, origin_id, template, category, type, status, not_before, queued_at, provider, attempts, lease_owner, lease_until)
                VALUES (:key, :channel, :address, :origin, :author, :template, :category, 'transactional', 'sending', :now, :now, :provider, 1, 'test', clock_timestamp() + interval '5 minutes')
                RETURNING id""")
                .param("key", "test:" + HexFormat.of().formatHex(key)).param("channel", template.channel().key()).param("address", address).param("origin", ORIGIN).param("author", author)
                .param("template", template.key().isBlank() ? "draft" : template.key()).param("category", template.category()).param("now", now).param("provider", provider)
                .query(Long.class).single();
        jdbc.sql("INSERT INTO message_content (message_id, data, subject, preheader, html, text, headers) VALUES (?, '{}', ?, ?, ?, ?, ?::jsonb)")
                .params(id, content.subject(), content.preheader(), content.html(), content.text(), Json.write(content.headers())).update();
        outbox.begin(List.of(id));
        return id;
    }
}
