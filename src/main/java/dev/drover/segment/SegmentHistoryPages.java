package dev.drover.segment;

import dev.drover.audience.Shown;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** A segment's comings and goings, fetched after its page: of a large segment they take a moment. */
@Controller
@RequestMapping("/segments/{key}/history")
class SegmentHistoryPages {

    /** One day's bars; positions and heights in the chart's own units, which has the entries above its middle and the exits below. */
    record Bar(String title, int x, int entered, int left) {}

    record Line(SegmentHistory.Change change, String name, Shown.Time at) {}

    private static final int DAYS = 30;
    private static final int LINES = 20;
    private static final int HALF = 50;
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);

    private final SegmentHistory history;

    SegmentHistoryPages(SegmentHistory history) {
        this.history = history;
    }

    @GetMapping
    String all(@PathVariable String key, Model model) {
        var days = history.days(key, DAYS);
        long most = Math.max(1, days.stream().mapToLong(day -> Math.max(day.entered(), day.left())).max().orElse(1));
        model.addAttribute("bars", IntStream.range(0, days.size()).mapToObj(n -> bar(days.get(n), n, most)).toList());
        model.addAttribute("entered", Shown.number(days.stream().mapToLong(SegmentHistory.Day::entered).sum()));
        model.addAttribute("left", Shown.number(days.stream().mapToLong(SegmentHistory.Day::left).sum()));
        model.addAttribute("first", DAY.format(days.getFirst().day())).addAttribute("last", DAY.format(days.getLast().day()));
        changes(key, null, model);
        return "segment/history :: history";
    }

    @GetMapping("/changes")
    String changes(@PathVariable String key, @RequestParam @Nullable String after, Model model) {
        var page = history.changes(key, after, LINES);
        List<Line> lines = page.items().stream().map(change -> new Line(change, change.name().isBlank() ? change.customerId() : change.name(), Shown.time(change.at()))).toList();
        model.addAttribute("key", key).addAttribute("lines", lines).addAttribute("next", page.next());
        return "segment/history :: lines";
    }

    /** A day with one change shows, too. */
    private static Bar bar(SegmentHistory.Day day, int n, long most) {
        return new Bar("%s: %s entered, %s left".formatted(DAY.format(day.day()), Shown.number(day.entered()), Shown.number(day.left())), n * 10,
                height(day.entered(), most), height(day.left(), most));
    }

    private static int height(long count, long most) {
        return count == 0 ? 0 : (int) Math.max(2, HALF * count / most);
    }
}
