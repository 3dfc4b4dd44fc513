package dev.drover.delivery.throughput;

import dev.drover.delivery.throughput.ProviderView.DomainView;
import dev.drover.delivery.throughput.ProviderView.Today;
import dev.drover.delivery.throughput.ProviderView.WarmUpView;
import dev.drover.kernel.Channel;
import dev.drover.kernel.PlatformClock;
import dev.drover.kernel.Problem;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Puts together how each provider stands. */
@Component
class ProviderViews {

    private record Health(String word, @Nullable String why, @Nullable Instant until) {}

    private final Controls controls;
    private final Tally tally;
    private final Line.All lines;
    private final PlatformClock clock;

    ProviderViews(Controls controls, Tally tally, Line.All lines, PlatformClock clock) {
        this.controls = controls;
        this.tally = tally;
        this.lines = lines;
        this.clock = clock;
    }

    /** Those that are configured first; all of them as they stand at this moment. */
    List<ProviderView> all() {
        controls.refresh();
        var hours = tally.lastHour();
        var views = new ArrayList<ProviderView>();
        lines.lines().stream().sorted(Comparator.comparing((Line line) -> !line.real()).thenComparing(Comparator.comparingInt(Line::preference).reversed()))
                .forEach(line -> views.add(view(line, hours)));
        KnownProvider.ALL.stream().filter(known -> lines.lines().stream().noneMatch(line -> line.name().equals(known.name())))
                .forEach(known -> views.add(new ProviderView(known.name(), known.label(), known.channels().stream().map(Channel::key).toList(), known.settings(),
                        "not-configured", null, null, false, 0, 0, null, null, null, List.of(), new Today(0, null, false), Tally.Hour.QUIET, null, null)));
        return views;
    }

    ProviderView one(String name) {
        controls.refresh();
        return view(line(name), tally.lastHour());
    }

    /** @throws Problem not found, also for one that isn't configured */
    Line line(String name) {
        return lines.lines().stream().filter(line -> line.name().equals(name)).findFirst()
                .orElseThrow(() -> Problem.notFound("There is no provider '" + name + "', or it isn't configured."));
    }

    private ProviderView view(Line line, Map<String, Tally.Hour> hours) {
        var snapshot = controls.snapshot();
        var today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        var standing = snapshot.of(line.name());
        var settings = standing.settings();
        var limit = settings.limit(today);
        var now = new Today(snapshot.used(DayKey.all(line.name()), today), limit == null ? null : limit.most(), limit != null && limit.warming());
        var plan = settings.warmUp();
        var channels = Arrays.stream(Channel.values()).filter(channel -> lines.of(channel).contains(line)).toList();
        var health = health(standing, snapshot, now, !channels.isEmpty());
        var pause = standing.pause() == null ? snapshot.pause() : standing.pause();
        return new ProviderView(line.name(), KnownProvider.label(line.name()), channels.stream().map(Channel::key).toList(), null, health.word(), health.why(),
                health.until(), settings.enabled(), settings.weight(), share(line, channels, snapshot), settings.perSecond(), settings.perDay(),
                plan == null ? null : new WarmUpView(plan.start(), plan.limits(), plan.growth(), plan.dayNumber(today), plan.on(today)),
                settings.domains().values().stream().sorted(Comparator.comparing(DomainLimit::domain)).map(domain -> new DomainView(domain.domain(), domain.perSecond(),
                        domain.perDay(), snapshot.used(new DayKey(line.name(), domain.domain()), today))).toList(),
                now, hours.getOrDefault(line.name(), Tally.Hour.QUIET), pause == null ? null : pause.at(), pause == null ? null : pause.by());
    }

    private Health health(Standing standing, Snapshot snapshot, Today today, boolean serves) {
        var opening = standing.opening();
        if (!serves) {
            return new Health("unused", "Another provider sends what it would keep.", null);
        }
        if (!standing.settings().enabled()) {
            return new Health("off", "Switched off: it is handed nothing.", null);
        }
        if (standing.pause() != null || snapshot.pause() != null) {
            return new Health("paused", null, null);
        }
        if (opening != null) {
            return opening.holds(clock.instant()) ? new Health("left-alone", opening.why(), opening.until()) : new Health("trying", opening.why(), null);
        }
        if (today.limit() != null && today.sent() >= today.limit()) {
            return new Health("used-up", today.warming() ? "This day of the warm-up is used up." : "The day’s quota is used up.",
                    snapshot.day().plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant());
        }
        return new Health("healthy", null, null);
    }

    /** Where it serves several channels, of the one where it has most. */
    private int share(Line line, List<Channel> channels, Snapshot snapshot) {
        return channels.stream().mapToInt(channel -> {
            var able = lines.of(channel).stream().filter(one -> snapshot.of(one.name()).settings().enabled()).toList();
            int all = able.stream().mapToInt(one -> snapshot.of(one.name()).settings().weight()).sum();
            if (!able.contains(line)) {
                return 0;
            }
            return all == 0 ? able.stream().max(Comparator.comparingInt(Line::preference)).filter(line::equals).isPresent() ? 100 : 0
                    : Math.round(100f * snapshot.of(line.name()).settings().weight() / all);
        }).max().orElse(0);
    }
}
