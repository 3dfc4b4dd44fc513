package dev.drover.delivery;

import dev.drover.delivery.Outbox.Claimed;
import dev.drover.delivery.Outbox.Due;
import dev.drover.delivery.throughput.Candidate;
import dev.drover.delivery.throughput.Placement;
import dev.drover.delivery.throughput.Placement.Go;
import dev.drover.delivery.throughput.Placement.Wait;
import dev.drover.delivery.throughput.Rooms.Lane;
import dev.drover.delivery.throughput.Throughput;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Takes from the outbox what there is room for, each message with its provider; what has none before a known moment is told to wait. */
@Component
class Claims {

    private static final int POSTPONED_AT_ONCE = 2_000;

    /** @param more something was done, so that looking again at once may find more */
    record Taken(List<Claimed> messages, boolean more) {}

    private final Outbox outbox;
    private final Throughput throughput;
    private final HeldMailings held;
    private final GivingWay way;
    private final TransactionTemplate transaction;

    Claims(Outbox outbox, Throughput throughput, HeldMailings held, GivingWay way, TransactionTemplate transaction) {
        this.outbox = outbox;
        this.throughput = throughput;
        this.held = held;
        this.way = way;
        this.transaction = transaction;
    }

    /** @param most for each channel, and as many again that isn't advertising */
    Taken take(String owner, int most) {
        var rooms = throughput.rooms(most);
        int postponed = 0;
        for (var closed : rooms.closed()) {
            postponed += outbox.postpone(closed, POSTPONED_AT_ONCE);
        }
        var lanes = way.mayTake() ? rooms.lanes() : rooms.lanes().stream().filter(Lane::urgent).toList();
        var taken = lanes.isEmpty() ? new Taken(List.of(), false) : transaction.execute(status -> take(owner, lanes));
        return new Taken(taken.messages(), taken.more() || postponed > 0);
    }

    private Taken take(String owner, List<Lane> lanes) {
        var due = outbox.due(lanes, held.read().toArray(Long[]::new));
        if (due.isEmpty()) {
            return new Taken(List.of(), false);
        }
        var placements = throughput.place(due.stream().map(Claims::candidate).toList());
        var going = new ArrayList<Claimed>();
        Map<Long, Wait> waiting = new LinkedHashMap<>();
        for (int n = 0; n < due.size(); n++) {
            switch (placements.get(n)) {
                case Go go -> going.add(due.get(n).claimed(go.ticket()));
                case Wait wait -> waiting.put(due.get(n).id(), wait);
                case Placement.Stay stay -> { }
            }
        }
        if (!going.isEmpty()) {
            outbox.claim(owner, going);
        }
        if (!waiting.isEmpty()) {
            outbox.postpone(waiting);
        }
        return new Taken(going, !going.isEmpty() || !waiting.isEmpty());
    }

    private static Candidate candidate(Due message) {
        return new Candidate(message.channel(), message.address(), !message.type().equals("marketing"), message.boundTo());
    }
}
