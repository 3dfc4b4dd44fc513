package dev.drover.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.journey.JourneyVolumes.Volume;
import dev.drover.testing.IntegrationTest;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How much a journey is expected to send: from who waits in it, and from what it sent lately. */
@IntegrationTest
class JourneyVolumesIntegrationTests extends JourneyWalk {

    @Autowired
    JourneyVolumes volumes;
    @Autowired
    JourneyControls controls;
    @Autowired
    JdbcClient jdbc;

    private final String id = "volume-" + UUID.randomUUID().toString().substring(0, 8);
    private final TriedJourney journey = TriedJourney.of(id, "wait waits P3D", "task after");

    @Test
    void whoWaitsAtATimerIsExpectedOnItsDay() {
        deploy(journey);
        for (int n = 0; n < 3; n++) {
            awaitAt(enters(id), id, 1, "waits");
        }
        var day = clock.instant().plus(Duration.ofDays(3)).atZone(ZoneOffset.UTC).toLocalDate();
        // They may have entered around midnight.
        assertThat(own(day.minusDays(1), day.plusDays(1), "UTC").stream().mapToLong(Volume::messages).sum()).isEqualTo(3);
        assertThat(own(day.minusDays(1), day.plusDays(1), "UTC")).allSatisfy(volume -> {
            assertThat(volume.expected()).isTrue();
            assertThat(volume.waiting()).isEqualTo(volume.messages());
            assertThat(volume.usual()).isZero();
            assertThat(volume.name()).isEqualTo("Tried " + id);
        });
        assertThat(own(day.plusDays(2), day.plusDays(9), "UTC")).isEmpty();
        controls.pause(id, "test");
        assertThat(own(day.minusDays(1), day.plusDays(1), "UTC")).as("nothing leaves while it is paused").isEmpty();
    }

    @Test
    void otherDaysAreAsWhatItSentLately() {
        deploy(journey);
        var today = clock.instant().atZone(ZoneOffset.UTC).toLocalDate();
        sent(today.minusDays(4), 10);
        sent(today.minusDays(1), 30);
        assertThat(own(today.minusDays(4), today.minusDays(1), "Etc/UTC")).extracting(Volume::day, Volume::messages, Volume::expected)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(today.minusDays(4), 10L, false), org.assertj.core.groups.Tuple.tuple(today.minusDays(1), 30L, false));
        assertThat(own(today.plusDays(5), today.plusDays(6), "Etc/UTC")).as("40 in the four days since it began to send").hasSize(2).allSatisfy(volume -> {
            assertThat(volume.messages()).isEqualTo(10);
            assertThat(volume.expected()).isTrue();
        });
        controls.close(id, clock.instant(), "test");
        assertThat(own(today.plusDays(5), today.plusDays(6), "Etc/UTC")).as("nobody enters, nobody is in it").isEmpty();
    }

    private List<Volume> own(LocalDate first, LocalDate last, String zone) {
        return volumes.between(first, last, ZoneId.of(zone)).stream().filter(volume -> volume.journey().equals(id)).toList();
    }

    private void sent(LocalDate day, int count) {
        var at = Timestamp.from(day.atTime(12, 0).toInstant(ZoneOffset.UTC));
        jdbc.sql("""
                INSERT INTO message (key, channel, origin_type, origin_id, template, category, type, status, not_before, queued_at, sent_at)
                SELECT :id || ':' || :day || ':' || n, 'email', 'journey', :id, 'welcome', 'newsletter', 'marketing', 'sent', :at, :at, :at FROM generate_series(1, :count) n""")
                .param("id", id).param("day", day.toString()).param("at", at).param("count", count).update();
    }
}
