package dev.drover.cart;

import dev.drover.kernel.CsvText;
import dev.drover.kernel.Period;
import dev.drover.kernel.PlatformClock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** How carts that were left go on, for programs and spreadsheets. Days are UTC, the last 30 where nothing is said. */
@RestController
class CartFigureApi {

    private final CartFigures figures;
    private final PlatformClock clock;

    CartFigureApi(CartFigures figures, PlatformClock clock) {
        this.figures = figures;
        this.clock = clock;
    }

    @GetMapping("/api/v1/carts/figures")
    Map<String, Object> figures(@RequestParam @Nullable LocalDate from, @RequestParam @Nullable LocalDate to) {
        var period = Period.of(from, to, clock.instant());
        var report = figures.between(period);
        var answer = new LinkedHashMap<String, Object>();
        answer.put("from", period.first());
        answer.put("to", period.last());
        answer.put("left", report.left());
        answer.put("reminded", report.reminded());
        answer.put("cameBack", report.cameBack());
        answer.put("ordered", report.ordered());
        answer.put("recoveryRate", report.rate());
        answer.put("steps", report.steps());
        answer.put("values", report.values());
        answer.put("excluded", report.excluded());
        answer.put("days", report.days());
        return answer;
    }

    /** For whoever is at the page; it takes days as its form sends them. */
    @GetMapping("/carts/export")
    ResponseEntity<String> export(@RequestParam @Nullable String from, @RequestParam @Nullable String to) {
        return file(figures.between(period(from, to, clock.instant())));
    }

    static Period period(@Nullable String from, @Nullable String to, Instant now) {
        return Period.of(Period.day("from", from), Period.day("to", to), now);
    }

    private static ResponseEntity<String> file(CartFigures.Report report) {
        var out = new StringBuilder("what,which,carts,ordered\r\n");
        report.days().forEach(day -> line(out, "day", day.day().toString(), day.left(), day.ordered()));
        report.steps().forEach(step -> line(out, "reminder", Integer.toString(step.number()), step.reminded(), step.ordered()));
        report.excluded().forEach((reason, carts) -> line(out, "not reminded", reason, carts, 0));
        return ResponseEntity.ok().header("Content-Type", "text/csv;charset=UTF-8").header("Content-Disposition", "attachment; filename=\"carts.csv\"").body(out.toString());
    }

    private static void line(StringBuilder out, String what, String which, long carts, long ordered) {
        out.append(what).append(',').append(CsvText.cell(which)).append(',').append(carts).append(',').append(ordered).append("\r\n");
    }
}
