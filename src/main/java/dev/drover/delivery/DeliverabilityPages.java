package dev.drover.delivery;

import dev.drover.audience.DayChart;
import dev.drover.audience.Shown;
import dev.drover.consent.Leavers;
import dev.drover.delivery.Deliverability.Counts;
import dev.drover.delivery.Deliverability.Mailboxes;
import dev.drover.kernel.Period;
import dev.drover.kernel.PlatformClock;
import dev.drover.kernel.Problem;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** How mail fares with those who run the mailboxes, and why people leave. */
@Controller
@RequestMapping("/deliverability")
class DeliverabilityPages {

    /** What big mailbox providers begin to punish: complaints in hundredths of what was sent. */
    private static final double TOO_MANY_COMPLAINTS = 0.3;
    private static final double TOO_MANY_BOUNCES = 2;

    /** @param kind for its colour beside the chart @param bad whether a rate is one that costs a good name */
    record Row(String kind, String name, String sent, String delivered, String bounced, String bounceRate, boolean bounceBad, String complained, String complaintRate,
            boolean complaintBad, String opened, String openRate) {}

    record Words(Shown.@Nullable Time at, String channel, String words) {}

    private final Deliverability deliverability;
    private final Leavers leavers;
    private final PlatformClock clock;

    DeliverabilityPages(Deliverability deliverability, Leavers leavers, PlatformClock clock) {
        this.deliverability = deliverability;
        this.leavers = leavers;
        this.clock = clock;
    }

    @GetMapping
    String page(@RequestParam @Nullable String from, @RequestParam @Nullable String to, HttpServletResponse response, Model model) {
        Period period;
        try {
            period = Period.of(Period.day("from", from), Period.day("to", to), clock.instant());
        } catch (Problem problem) {
            model.addAttribute("mistake", problem.getMessage());
            response.setStatus(422);
            period = Period.of(null, null, clock.instant());
        }
        var report = deliverability.between(period.from(), period.to());
        var left = leavers.between(period.from(), period.to());
        model.addAttribute("period", period).addAttribute("rows", report.byMailboxes().entrySet().stream().map(each -> row(each.getKey().key(), each.getKey().words(), each.getValue())).toList())
                .addAttribute("all", row("", "All", report.all())).addAttribute("chart", chart(period, report)).addAttribute("left", left)
                .addAttribute("at", Shown.time(report.at()))
                .addAttribute("words", left.words().stream().map(each -> new Words(Shown.time(each.at()), each.channel(), each.words())).toList())
                .addAttribute("spans", List.of(7, 30, 90)).addAttribute("today", Period.of(null, null, clock.instant()).last());
        return "delivery/deliverability";
    }

    @GetMapping("/export")
    ResponseEntity<String> export(@RequestParam @Nullable String from, @RequestParam @Nullable String to) {
        var period = Period.of(Period.day("from", from), Period.day("to", to), clock.instant());
        return ResponseEntity.ok().header("Content-Type", "text/csv;charset=UTF-8").header("Content-Disposition", "attachment; filename=\"deliverability.csv\"")
                .body(DeliverabilityApi.csv(deliverability.between(period.from(), period.to())));
    }

    private static DayChart chart(Period period, Deliverability.Report report) {
        var byDay = report.byDay();
        return DayChart.of(period, day -> Arrays.stream(Mailboxes.values()).map(mailboxes -> {
            long sent = byDay.getOrDefault(day, Map.of()).getOrDefault(mailboxes, Counts.NONE).sent();
            return new DayChart.Part(mailboxes.key(), sent, ", %s: %s sent".formatted(mailboxes.words(), Shown.number(sent)));
        }).toList());
    }

    private static Row row(String kind, String name, Counts counts) {
        return new Row(kind, name, Shown.number(counts.sent()), Shown.number(counts.delivered()), Shown.number(counts.bounced()), percent(counts.bounceRate()),
                counts.bounceRate() > TOO_MANY_BOUNCES, Shown.number(counts.complained()), percent(counts.complaintRate()), counts.complaintRate() > TOO_MANY_COMPLAINTS,
                Shown.number(counts.opened()), percent(counts.openRate()));
    }

    private static String percent(double rate) {
        return String.format(Locale.ROOT, rate > 0 && rate < 1 ? "%.2f %%" : "%.1f %%", rate);
    }
}
