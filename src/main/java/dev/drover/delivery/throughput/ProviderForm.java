package dev.drover.delivery.throughput;

import dev.drover.delivery.throughput.Wanted.WantedDomain;
import dev.drover.delivery.throughput.Wanted.WantedWarmUp;
import dev.drover.kernel.Checks;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;

/** The settings as they are typed, so that what is wrong can be shown again beside what is wrong with it. */
record ProviderForm(boolean enabled, String weight, String perSecond, String perDay, String warmUpStart, String warmUpLimits, String warmUpGrowth, List<Row> domains) {

    private static final int LONGEST = 4_000;

    record Row(String domain, String perSecond, String perDay) {

        boolean empty() {
            return domain.isEmpty() && perSecond.isEmpty() && perDay.isEmpty();
        }
    }

    static ProviderForm of(Settings settings) {
        var plan = settings.warmUp();
        return new ProviderForm(settings.enabled(), Integer.toString(settings.weight()), shown(settings.perSecond()), shown(settings.perDay()),
                plan == null ? "" : plan.start().toString(), plan == null ? "" : plan.limits().stream().map(String::valueOf).collect(Collectors.joining(", ")),
                plan == null ? "" : shown(plan.growth()), settings.domains().values().stream().sorted(Comparator.comparing(DomainLimit::domain))
                .map(limit -> new Row(limit.domain(), shown(limit.perSecond()), shown(limit.perDay()))).toList());
    }

    static ProviderForm of(MultiValueMap<String, String> typed) {
        var domains = new ArrayList<Row>();
        var names = typed.getOrDefault("domain", List.of());
        for (int n = 0; n < names.size(); n++) {
            var row = new Row(at(typed, "domain", n), at(typed, "domainPerSecond", n), at(typed, "domainPerDay", n));
            if (!row.empty()) {
                domains.add(row);
            }
        }
        return new ProviderForm("true".equals(typed.getFirst("enabled")), at(typed, "weight", 0), at(typed, "perSecond", 0), at(typed, "perDay", 0), at(typed, "warmUpStart", 0),
                at(typed, "warmUpLimits", 0), at(typed, "warmUpGrowth", 0), domains);
    }

    Wanted wanted(Checks checks) {
        boolean warmsUp = !warmUpStart.isEmpty() || !warmUpLimits.isEmpty() || !warmUpGrowth.isEmpty();
        var rows = new ArrayList<@Nullable WantedDomain>();
        for (int n = 0; n < domains.size(); n++) {
            var row = domains.get(n);
            rows.add(new WantedDomain(row.domain(), decimal("domains[" + n + "].perSecond", row.perSecond(), checks), whole("domains[" + n + "].perDay", row.perDay(), checks)));
        }
        return new Wanted(enabled, whole("weight", weight, checks), decimal("perSecond", perSecond, checks), whole("perDay", perDay, checks), !warmsUp ? null
                : new WantedWarmUp(read("warmUp.start", warmUpStart, LocalDate::parse, "This is no day.", checks), limits(checks), decimal("warmUp.growth", warmUpGrowth, checks)),
                rows);
    }

    private List<@Nullable Integer> limits(Checks checks) {
        return Arrays.stream(warmUpLimits.split("[,;\\s]+")).filter(part -> !part.isEmpty()).map(part -> whole("warmUp.limits", part, checks)).filter(Objects::nonNull).toList();
    }

    /** As pages show them, too: 100,000. */
    private static @Nullable Integer whole(String field, String typed, Checks checks) {
        return read(field, typed.replaceAll("[,\\s]", ""), Integer::valueOf, "This is no whole number.", checks);
    }

    private static @Nullable BigDecimal decimal(String field, String typed, Checks checks) {
        return read(field, typed, BigDecimal::new, "This is no number.", checks);
    }

    private static <T> @Nullable T read(String field, String typed, Function<String, T> reading, String otherwise, Checks checks) {
        try {
            return typed.isEmpty() ? null : reading.apply(typed);
        } catch (NumberFormatException | DateTimeException no) {
            checks.fail(field, otherwise);
            return null;
        }
    }

    private static String at(MultiValueMap<String, String> typed, String name, int place) {
        var values = typed.getOrDefault(name, List.of());
        String value = place < values.size() && values.get(place) != null ? values.get(place).strip() : "";
        return value.length() > LONGEST ? value.substring(0, LONGEST) : value;
    }

    private static String shown(@Nullable Object value) {
        return value instanceof BigDecimal number ? number.toPlainString() : value == null ? "" : value.toString();
    }
}
