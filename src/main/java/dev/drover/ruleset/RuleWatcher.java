package dev.drover.ruleset;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Looks at the rules folder every second and puts in force what was saved there. Polling: mounted folders tell of no changes. */
@Component
class RuleWatcher implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(RuleWatcher.class);
    private static final long LOOK_MILLIS = 1_000;

    private final Rulesets rulesets;
    private volatile Thread thread = new Thread();
    private volatile boolean running;

    RuleWatcher(Rulesets rulesets) {
        this.rulesets = rulesets;
    }

    private void watch() {
        while (running) {
            try {
                Thread.sleep(LOOK_MILLIS);
                rulesets.reload();
            } catch (InterruptedException stop) {
                return;
            } catch (RuntimeException e) {
                // A folder that is being replaced; what is in force stays so.
                log.warn("The rules can't be read again: {}", e.getMessage());
            }
        }
    }

    @Override
    public void start() {
        running = true;
        thread = Thread.ofPlatform().name("rules").daemon().start(this::watch);
    }

    @Override
    public void stop() {
        running = false;
        thread.interrupt();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
