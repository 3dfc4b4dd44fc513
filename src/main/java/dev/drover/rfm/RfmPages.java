package dev.drover.rfm;

import dev.drover.audience.Shown;
import dev.drover.kernel.Problem;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/** The grid of all customers by how lately and how much they buy. */
@Controller
class RfmPages {

    private static final int MOST = 100;

    /** @param shade 0 (nobody) to 5 (the fullest) */
    record Square(String key, String title, String customers, String share, int shade) {}

    record Row(int recency, List<Square> squares) {}

    record Named(RfmSegment segment, String customers, String share, String revenue, String revenueShare) {}

    record Person(String externalId, String name, String scores, int orders, String revenue, Shown.Time lastOrder) {}

    private final RfmScores scores;

    RfmPages(RfmScores scores) {
        this.scores = scores;
    }

    @GetMapping("/rfm")
    String grid(Model model) {
        var cells = scores.cells();
        long all = cells.stream().mapToLong(RfmScores.Cell::customers).sum();
        long fullest = cells.stream().mapToLong(RfmScores.Cell::customers).max().orElse(0);
        var rows = new ArrayList<Row>();
        for (int recency = 5; recency >= 1; recency--) {
            int row = recency;
            rows.add(new Row(row, IntStream.rangeClosed(1, 5).mapToObj(value -> square(cells, row, value, all, fullest)).toList()));
        }
        model.addAttribute("rows", rows).addAttribute("all", Shown.number(all)).addAttribute("empty", all == 0).addAttribute("named", named(cells, all))
                .addAttribute("last", scores.last().orElse(null)).addAttribute("lastAt", scores.last().map(run -> Shown.time(run.endedAt())).orElse(null));
        return "rfm/grid";
    }

    @PostMapping("/rfm")
    String calculate() {
        scores.calculate();
        return "redirect:/rfm";
    }

    @GetMapping("/rfm/segments/{key}")
    String segment(@PathVariable String key, Model model) {
        var segment = RfmSegment.byKey(key).orElseThrow(() -> Problem.notFound("There is no RFM segment '" + key + "'."));
        model.addAttribute("segment", segment).addAttribute("most", MOST).addAttribute("people", scores.best(segment, MOST).stream()
                .map(one -> new Person(one.externalId(), one.name().isEmpty() ? one.externalId() : one.name(),
                        one.scores().recency() + " · " + one.scores().frequency() + " · " + one.scores().monetary(), one.orders(), Shown.money(one.revenue(), "EUR"),
                        Shown.time(one.lastOrderAt()))).toList());
        return "rfm/segment";
    }

    private static Square square(List<RfmScores.Cell> cells, int recency, int value, long all, long fullest) {
        long customers = cells.stream().filter(cell -> cell.recency() == recency && cell.value() == value).mapToLong(RfmScores.Cell::customers).sum();
        var segment = RfmSegment.of(recency, value);
        return new Square(segment.key(), segment.title(), Shown.number(customers), percent(BigDecimal.valueOf(customers), BigDecimal.valueOf(all)),
                customers == 0 ? 0 : 1 + (int) (4 * customers / fullest));
    }

    private static List<Named> named(List<RfmScores.Cell> cells, long all) {
        var revenue = cells.stream().map(RfmScores.Cell::revenue).reduce(BigDecimal.ZERO, BigDecimal::add);
        return Arrays.stream(RfmSegment.values()).map(segment -> {
            var own = cells.stream().filter(cell -> RfmSegment.of(cell.recency(), cell.value()) == segment).toList();
            long customers = own.stream().mapToLong(RfmScores.Cell::customers).sum();
            var spent = own.stream().map(RfmScores.Cell::revenue).reduce(BigDecimal.ZERO, BigDecimal::add);
            return new Named(segment, Shown.number(customers), percent(BigDecimal.valueOf(customers), BigDecimal.valueOf(all)), Shown.money(spent, "EUR"), percent(spent, revenue));
        }).sorted(Comparator.comparing((Named one) -> one.segment().ordinal())).toList();
    }

    private static String percent(BigDecimal part, BigDecimal whole) {
        return whole.signum() <= 0 ? "0%" : part.multiply(BigDecimal.valueOf(100)).divide(whole, 0, RoundingMode.HALF_UP) + "%";
    }
}
