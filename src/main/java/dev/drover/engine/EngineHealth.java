package dev.drover.engine;

import dev.drover.kernel.PlatformClock;
import io.camunda.client.CamundaClient;
import io.camunda.client.api.response.PartitionBrokerHealth;
import io.camunda.client.api.response.Topology;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Whether every partition of the engine has a healthy leader. Asks the engine itself, so it is the same for an embedded and a remote one. */
@Component("engineHealthIndicator")
class EngineHealth implements HealthIndicator {

    private static final Logger log = LoggerFactory.getLogger(EngineHealth.class);
    private static final Duration FRESH = Duration.ofSeconds(2);

    private final CamundaClient client;
    private final PlatformClock clock;
    private volatile boolean up;
    private volatile long askedAt = System.nanoTime() - FRESH.toNanos();

    EngineHealth(CamundaClient client, PlatformClock clock) {
        this.client = client;
        this.clock = clock;
    }

    /** At most two seconds old when it is good news, never old when it is bad. */
    boolean up() {
        return up && System.nanoTime() - askedAt < FRESH.toNanos() || ask();
    }

    private boolean ask() {
        boolean was = up;
        up = answer();
        askedAt = System.nanoTime();
        if (was && !up) {
            log.warn("The engine doesn't answer; journeys wait until it does");
        }
        return up;
    }

    private boolean answer() {
        try {
            return led(client.newTopologyRequest().requestTimeout(FRESH).send().join(FRESH.toMillis(), TimeUnit.MILLISECONDS));
        } catch (RuntimeException away) {
            return false;
        }
    }

    private boolean led(Topology topology) {
        long healthy = topology.getBrokers().stream().flatMap(broker -> broker.getPartitions().stream())
                .filter(partition -> partition.isLeader() && well(partition.getHealth()))
                .count();
        return healthy > 0 && healthy >= topology.getPartitionsCount();
    }

    /** When its clock jumps the engine believes for a minute that it was stuck, while it goes on working; commands that it can't take yet wait. */
    private boolean well(PartitionBrokerHealth health) {
        return health == PartitionBrokerHealth.HEALTHY || clock.controllable() && health == PartitionBrokerHealth.UNHEALTHY;
    }

    @Override
    public Health health() {
        return up() ? Health.up().build() : Health.down().withDetail("reason", "the engine doesn't answer or has no leader").build();
    }
}
