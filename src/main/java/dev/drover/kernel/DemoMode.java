package dev.drover.kernel;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Whether this installation is the dairy shop demo: decided once, at the first start, and kept, so that a restart of a demo stays one
 * and a real installation never becomes one.
 */
public record DemoMode(boolean on) {

    static DemoMode decide(DroverSettings settings, DatabaseKind database, JdbcClient jdbc) {
        boolean wanted = settings.demo() == null ? database == DatabaseKind.EMBEDDED : settings.demo();
        jdbc.sql("UPDATE installation SET demo = coalesce(demo, ?)").param(wanted).update();
        return new DemoMode(jdbc.sql("SELECT demo FROM installation").query(Boolean.class).single());
    }
}
