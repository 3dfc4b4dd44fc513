package dev.drover.web;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.core.Ordered;

/** A port that is taken is told with the setting that chooses another; named in {@code META-INF/spring.factories}, before Spring Boot's own words. */
class PortTaken extends AbstractFailureAnalyzer<PortInUseException> implements Ordered {

    @Override
    protected FailureAnalysis analyze(Throwable root, PortInUseException taken) {
        return new FailureAnalysis("Port %d is taken by another program, perhaps another Drover.".formatted(taken.getPort()),
                "Stop that program, or choose another port: SERVER_PORT=%d.".formatted(taken.getPort() + 1), taken);
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }
}
