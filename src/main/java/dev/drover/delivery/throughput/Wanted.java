package dev.drover.delivery.throughput;

import dev.drover.kernel.Channel;
import dev.drover.kernel.Checks;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What somebody wants a provider's settings to be, all of them at once: a limit that is missing is none. */
record Wanted(@Nullable Boolean enabled, @Nullable Integer weight, @Nullable BigDecimal perSecond, @Nullable Integer perDay, @Nullable WantedWarmUp warmUp,
        @Nullable List<@Nullable WantedDomain> domains) {

    private static final int MOST_WEIGHT = 1_000;
    private static final int MOST_DAILY = 1_000_000_000;
    private static final BigDecimal MOST_RATE = new BigDecimal("100000");
    private static final BigDecimal MOST_GROWTH = BigDecimal.TEN;
    private static final int FINEST = 3;
    private static final int MOST_DAYS = 366;
    private static final int MOST_DOMAINS = 200;
    private static final Pattern DOMAIN = Pattern.compile("(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+");

    record WantedWarmUp(@Nullable LocalDate start, @Nullable List<@Nullable Integer> limits, @Nullable BigDecimal growth) {}

    record WantedDomain(@Nullable String domain, @Nullable BigDecimal perSecond, @Nullable Integer perDay) {}

    /** @return what can be kept; only where the checks found nothing */
    @Nullable Settings checked(Line line, Checks checks) {
        checks.required("enabled", enabled).required("weight", weight);
        if (weight != null && (weight < 0 || weight > MOST_WEIGHT)) {
            checks.fail("weight", "The weight is a number from 0 to 1000.");
        }
        rate("perSecond", perSecond, checks);
        daily("perDay", perDay, checks);
        var plan = plan(checks);
        var limits = limits(line, checks);
        return checks.ok() && enabled != null && weight != null ? new Settings(enabled, weight, perSecond, perDay, plan, limits) : null;
    }

    private @Nullable WarmUp plan(Checks checks) {
        if (warmUp == null) {
            return null;
        }
        var start = warmUp.start();
        if (start == null || start.getYear() < 2000 || start.getYear() > 2100) {
            checks.fail("warmUp.start", "Say on which day the warm-up begins.");
        }
        var days = warmUp.limits();
        if (days == null || days.isEmpty() || days.size() > MOST_DAYS || days.stream().anyMatch(limit -> limit == null || limit < 1 || limit > MOST_DAILY)) {
            checks.fail("warmUp.limits", "Say how much the first days may send, each at least 1, such as 50, 100, 250; at most 366 days.");
        }
        var growth = warmUp.growth();
        if (growth != null && (growth.compareTo(BigDecimal.ONE) <= 0 || growth.compareTo(MOST_GROWTH) > 0 || growth.stripTrailingZeros().scale() > FINEST)) {
            checks.fail("warmUp.growth", "The growth is a factor above 1, at most 10, such as 1.5.");
        }
        return checks.ok() && start != null && days != null ? new WarmUp(start, List.copyOf(days), growth) : null;
    }

    private Map<String, DomainLimit> limits(Line line, Checks checks) {
        var found = new HashMap<String, DomainLimit>();
        var wanted = domains == null ? List.<@Nullable WantedDomain>of() : domains;
        if (wanted.size() > MOST_DOMAINS || !wanted.isEmpty() && !line.channels().contains(Channel.EMAIL)) {
            checks.fail("domains", wanted.size() > MOST_DOMAINS ? "At most 200 domains can be limited." : "Only e-mail has domains.");
            return found;
        }
        for (int n = 0; n < wanted.size(); n++) {
            var one = wanted.get(n);
            String at = "domains[" + n + "].";
            String domain = one == null || one.domain() == null ? "" : Candidate.domain(one.domain());
            if (one == null || !DOMAIN.matcher(domain).matches()) {
                checks.fail(at + "domain", "This is no domain, such as gmail.com.");
                continue;
            }
            rate(at + "perSecond", one.perSecond(), checks);
            daily(at + "perDay", one.perDay(), checks);
            if (one.perSecond() == null && one.perDay() == null) {
                checks.fail(at + "perDay", "Give " + domain + " a limit by second or by day.");
            }
            if (found.put(domain, new DomainLimit(domain, one.perSecond(), one.perDay())) != null) {
                checks.fail(at + "domain", domain + " is there twice.");
            }
        }
        return found;
    }

    private static void rate(String field, @Nullable BigDecimal rate, Checks checks) {
        // By its scale first: a few characters such as 1e-999999999 would be expanded by comparing.
        if (rate != null && (Math.abs((long) rate.scale()) > 20 || rate.signum() <= 0 || rate.compareTo(MOST_RATE) > 0 || rate.stripTrailingZeros().scale() > FINEST)) {
            checks.fail(field, "The rate is a number of messages a second, from 0.001 to 100000.");
        }
    }

    private static void daily(String field, @Nullable Integer limit, Checks checks) {
        if (limit != null && (limit < 1 || limit > MOST_DAILY)) {
            checks.fail(field, "The limit of a day is a number from 1 to a thousand million. To send nothing, switch the provider off.");
        }
    }
}
