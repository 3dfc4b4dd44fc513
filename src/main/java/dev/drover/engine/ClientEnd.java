package dev.drover.engine;

import io.camunda.client.CamundaClient;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Hangs up before the engine is told to end: it would wait for every call that is still open, such as a worker's long poll. */
@Component
class ClientEnd implements SmartLifecycle {

    /** After the event consumers, which publish to the engine, and before the engine. */
    private static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 3072;

    private final CamundaClient client;
    private volatile boolean running;

    ClientEnd(CamundaClient client) {
        this.client = client;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        client.close();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
