package dev.drover.campaign;

import dev.drover.kernel.PlatformClock;
import dev.drover.kernel.TimeMachine;
import dev.drover.testing.Api;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What tests need to walk a campaign through its process, in virtual time. */
abstract class CampaignWalk {

    @LocalServerPort
    int port;
    @Autowired
    Sendings sendings;
    @Autowired
    PlatformClock clock;
    @Autowired
    TimeMachine time;
    @Autowired
    JdbcClient jdbc;

    Api api;

    @BeforeEach
    void api() {
        api = new Api("http://localhost:" + port, "test-token");
    }
}
