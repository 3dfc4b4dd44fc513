package dev.drover.delivery;

import dev.drover.consent.Leavers;
import dev.drover.kernel.CsvText;
import dev.drover.kernel.Period;
import dev.drover.kernel.PlatformClock;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** How mail fares, by who runs the mailboxes. */
@RestController
@RequestMapping("/api/v1/analytics")
class DeliverabilityApi {

    private final Deliverability deliverability;
    private final Leavers leavers;
    private final PlatformClock clock;

    DeliverabilityApi(Deliverability deliverability, Leavers leavers, PlatformClock clock) {
        this.deliverability = deliverability;
        this.leavers = leavers;
        this.clock = clock;
    }

    @GetMapping("/deliverability")
    Map<String, Object> report(@RequestParam @Nullable LocalDate from, @RequestParam @Nullable LocalDate to) {
        var period = Period.of(from, to, clock.instant());
        var report = deliverability.between(period.from(), period.to());
        var answer = new LinkedHashMap<String, Object>();
        answer.put("from", period.first());
        answer.put("to", period.last());
        answer.put("at", report.at());
        answer.put("mailboxes", report.byMailboxes().entrySet().stream().map(each -> view(null, each.getKey(), each.getValue())).toList());
        answer.put("days", report.days().stream().map(day -> view(day.day(), day.mailboxes(), day.counts())).toList());
        answer.put("left", leavers.between(period.from(), period.to()));
        return answer;
    }

    @GetMapping("/deliverability.csv")
    ResponseEntity<String> file(@RequestParam @Nullable LocalDate from, @RequestParam @Nullable LocalDate to) {
        var period = Period.of(from, to, clock.instant());
        return ResponseEntity.ok().header("Content-Type", "text/csv;charset=UTF-8").header("Content-Disposition", "attachment; filename=\"deliverability.csv\"")
                .body(csv(deliverability.between(period.from(), period.to())));
    }

    static String csv(Deliverability.Report report) {
        var out = new StringBuilder("day,mailboxes,sent,delivered,bounced,complained,opened\r\n");
        report.days().forEach(day -> out.append(String.join(",", List.of(day.day().toString(), CsvText.cell(day.mailboxes().words()), Long.toString(day.counts().sent()),
                Long.toString(day.counts().delivered()), Long.toString(day.counts().bounced()), Long.toString(day.counts().complained()), Long.toString(day.counts().opened()))))
                .append("\r\n"));
        return out.toString();
    }

    private static Map<String, Object> view(@Nullable LocalDate day, Deliverability.Mailboxes mailboxes, Deliverability.Counts counts) {
        var view = new LinkedHashMap<String, Object>();
        if (day != null) {
            view.put("day", day);
        }
        view.put("mailboxes", mailboxes.key());
        view.put("sent", counts.sent());
        view.put("delivered", counts.delivered());
        view.put("bounced", counts.bounced());
        view.put("complained", counts.complained());
        view.put("opened", counts.opened());
        return view;
    }
}
