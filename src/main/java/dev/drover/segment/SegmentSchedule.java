package dev.drover.segment;

import dev.drover.facts.RuleNeeds;
import dev.drover.kernel.BackgroundLoop;
import dev.drover.kernel.ClockMoved;
import dev.drover.kernel.PlatformClock;
import dev.drover.ruleset.RulesChanged;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Says when everybody is decided upon: at start, when rules or the clock changed, on request, and regularly, as a net under those that are decided upon one by one. */
@Component
@Order(30)
class SegmentSchedule extends BackgroundLoop implements ApplicationRunner {

    private static final Logger log = LoggerFactory.getLogger(SegmentSchedule.class);

    /** Some conditions depend on time in a way that tells no moment; rules with such are decided again this often. */
    private static final Duration RECHECKED = Duration.ofHours(1);

    private final RuleNeeds needs;
    private final SegmentRebuild rebuild;
    private final SegmentCatalogue catalogue;
    private final PlatformClock clock;
    private final Duration every;
    private final boolean enabled;
    private final AtomicLong asked = new AtomicLong();
    private volatile String cause = "request";
    private volatile long done;
    private volatile boolean started;

    /** @param every how often at least, PT24H unless set @param enabled whether this process calculates: one that only does jobs doesn't */
    SegmentSchedule(RuleNeeds needs, SegmentRebuild rebuild, SegmentCatalogue catalogue, PlatformClock clock, @Value("${drover.segments.rebuild-every:PT24H}") Duration every,
            @Value("${drover.events.enabled:true}") boolean enabled) {
        super("segment-rebuild");
        this.needs = needs;
        this.rebuild = rebuild;
        this.catalogue = catalogue;
        this.clock = clock;
        this.every = every;
        this.enabled = enabled;
    }

    /** Soon; requests that come while one waits are one. */
    void request(String because) {
        cause = because;
        asked.incrementAndGet();
        ring();
    }

    /** Whether a calculation runs or waits to. */
    boolean busy() {
        return rebuild.running() || done < asked.get();
    }

    /** A segment's first members are needed before anything else happens; later calculations needn't hold up the start. */
    @Override
    public void run(ApplicationArguments arguments) {
        if (!enabled) {
            return;
        }
        try {
            catalogue.followRules();
            if (rebuild.firstIsDue()) {
                rebuild.run("first");
            } else {
                request("start");
            }
        } catch (RuntimeException e) {
            log.error("The segments can't be calculated at start: {}", e.getMessage());
            request("start");
        }
        started = true;
        if (asked.get() > done) {
            ring();
        }
    }

    /** As time goes on, each customer is decided upon when it matters to them. Only a clock set back makes what was decided wrong. */
    @EventListener
    void on(ClockMoved moved) {
        if (moved.by().isNegative() || needs.now().rechecked()) {
            request("clock");
        }
    }

    @EventListener
    void on(RulesChanged changed) {
        if (started && changed.group().equals("segments")) {
            request("rules");
        }
    }

    @Override
    protected Duration round(boolean rung) {
        if (started && (rung || !fresh())) {
            calculate(rung ? cause : "schedule");
        }
        return every().compareTo(RECHECKED) < 0 ? every() : RECHECKED;
    }

    /** The rest is the next round's. */
    @Override
    protected void ending() {
        rebuild.stop();
    }

    /** Whether another instance has calculated meanwhile. */
    private boolean fresh() {
        return rebuild.lastEnded().filter(last -> last.endedAt().isAfter(clock.instant().minus(every()))).isPresent();
    }

    private Duration every() {
        return needs.now().rechecked() && every.compareTo(RECHECKED) > 0 ? RECHECKED : every;
    }

    private void calculate(String because) {
        long upTo = asked.get();
        try {
            rebuild.run(because);
        } catch (RuntimeException e) {
            if (goesOn()) {
                log.error("The segments can't be calculated: {}", e.getMessage());
            }
        } finally {
            done = upTo;
        }
    }
}
