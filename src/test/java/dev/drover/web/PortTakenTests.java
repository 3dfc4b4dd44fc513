package dev.drover.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.web.server.PortInUseException;

class PortTakenTests {

    @Test
    void saysWhichSettingChoosesAnotherPort() {
        var analysis = new PortTaken().analyze(new IllegalStateException(new PortInUseException(8080)));
        assertThat(analysis.getDescription()).contains("8080");
        assertThat(analysis.getAction()).contains("SERVER_PORT=8081");
    }
}
