package dev.drover.delivery.throughput;

import dev.drover.kernel.Channel;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.springframework.modulith.NamedInterface;
import org.springframework.stereotype.Component;

/** What the providers may send on days to come, as their settings are now. */
@NamedInterface("quotas")
@Component
public class DailyQuotas {

    private final Controls controls;
    private final Line.All lines;

    DailyQuotas(Controls controls, Line.All lines) {
        this.controls = controls;
        this.lines = lines;
    }

    /** Those that are switched on, once for each channel they serve. @param day UTC */
    public List<DailyQuota> on(LocalDate day) {
        var snapshot = controls.snapshot();
        return Arrays.stream(Channel.values()).flatMap(channel -> lines.of(channel).stream().filter(line -> snapshot.of(line.name()).settings().enabled()).map(line -> {
            var settings = snapshot.of(line.name()).settings();
            var limit = settings.limit(day);
            return new DailyQuota(line.name(), KnownProvider.label(line.name()), channel, settings.weight(), line.preference(), limit == null ? null : limit.most(), limit != null && limit.warming());
        })).toList();
    }
}
