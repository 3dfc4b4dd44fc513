package dev.drover.cart;

import dev.drover.audience.DayChart;
import dev.drover.audience.Shown;
import dev.drover.kernel.BaseUrl;
import dev.drover.kernel.DemoMode;
import dev.drover.kernel.Period;
import dev.drover.kernel.PlatformClock;
import dev.drover.kernel.Problem;
import dev.drover.kernel.ShopUrl;
import dev.drover.kernel.SignedTokens;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** The page Carts, its tile on the home page, and the way from a reminder back into the shop. */
@Controller
class CartPages {

    static final String RESTORE = "restore-cart";
    private static final int ROWS = 50;

    /** @param state the key of a status, for its colour; @param words for people */
    record Row(String cartId, @Nullable String customerId, String person, String state, String words, @Nullable String reason, String total, int itemCount,
            Shown.Time updated, Shown.@Nullable Time abandoned, @Nullable String orderId) {}

    private final Carts carts;
    private final SignedTokens tokens;
    private final ShopUrl shop;
    private final DemoMode demo;
    private final CartFigures figures;
    private final PlatformClock clock;

    CartPages(Carts carts, SignedTokens tokens, ShopUrl shop, DemoMode demo, CartFigures figures, PlatformClock clock) {
        this.carts = carts;
        this.tokens = tokens;
        this.shop = shop;
        this.demo = demo;
        this.figures = figures;
        this.clock = clock;
    }

    static String restoreUrl(BaseUrl base, SignedTokens tokens, long id) {
        return base.of("/r/" + tokens.sign(RESTORE, Long.toString(id)));
    }

    @GetMapping("/carts")
    String list(@RequestParam(required = false) @Nullable String status, @RequestParam(required = false) @Nullable String customer,
            @RequestParam(required = false) @Nullable String after, Model model) {
        var page = carts.list(new Carts.Filter(customer, status), after, ROWS);
        model.addAttribute("rows", page.items().stream().map(CartPages::row).toList()).addAttribute("next", page.next()).addAttribute("first", after == null)
                .addAttribute("status", Objects.requireNonNullElse(status, "")).addAttribute("customer", Objects.requireNonNullElse(customer, ""))
                .addAttribute("filtered", status != null && !status.isBlank() || customer != null && !customer.isBlank());
        Map<String, String> states = new LinkedHashMap<>();
        Carts.Filter.STATUSES.forEach(state -> states.put(state, words(state)));
        model.addAttribute("states", states);
        var standing = carts.standing();
        var waiting = standing.getOrDefault("open", Carts.Standing.NONE).plus(standing.getOrDefault("abandoned", Carts.Standing.NONE));
        addStanding(model, "open", waiting);
        addStanding(model, "running", standing.getOrDefault("recovery_started", Carts.Standing.NONE));
        addStanding(model, "recovered", standing.getOrDefault("recovered", Carts.Standing.NONE));
        addStanding(model, "excluded", standing.getOrDefault("excluded", Carts.Standing.NONE));
        return "cart/list";
    }

    private static void addStanding(Model model, String name, Carts.Standing standing) {
        model.addAttribute(name, Shown.number(standing.carts())).addAttribute(name + "Total", Shown.money(standing.total(), "EUR"));
    }

    /** What became of the carts that were left, by the days they were left on. */
    @GetMapping("/carts/recovery")
    String recovery(@RequestParam(required = false) @Nullable String from, @RequestParam(required = false) @Nullable String to, HttpServletResponse response, Model model) {
        var usual = Period.of(null, null, clock.instant());
        var period = usual;
        try {
            period = CartFigureApi.period(from, to, clock.instant());
        } catch (Problem problem) {
            model.addAttribute("mistake", problem.getMessage());
            response.setStatus(422);
        }
        var report = figures.between(period);
        model.addAttribute("period", period).addAttribute("spans", List.of(7, 30, 90)).addAttribute("today", usual.last()).addAttribute("report", report)
                .addAttribute("chart", chart(period, report.days()))
                .addAttribute("funnel", List.of(new Stage("Left", report.left(), 100), stage("Reminded", report.reminded(), report), stage("Came back by a link", report.cameBack(), report),
                        stage("Ordered", report.ordered(), report)))
                .addAttribute("steps", report.steps().stream().map(step -> new StepRow(step.number() == 0 ? "Before the first" : "Reminder " + step.number(),
                        Shown.number(step.reminded()), Shown.number(step.ordered()), percent(step.rate()))).toList())
                .addAttribute("values", report.values().stream().map(value -> new ValueRow(Shown.money(value.left(), value.currency()), Shown.money(value.recovered(), value.currency()))).toList());
        return "cart/recovery";
    }

    /** @param share of the carts left, in hundredths, for its bar */
    record Stage(String name, long carts, double share) {

        public String words() {
            return "%s (%s)".formatted(Shown.number(carts), percent(share));
        }
    }

    record StepRow(String name, String reminded, String ordered, String rate) {}

    record ValueRow(String left, String recovered) {}

    private static Stage stage(String name, long carts, CartFigures.Report report) {
        return new Stage(name, carts, CartFigures.percent(carts, report.left()));
    }

    private static String percent(double rate) {
        return String.format(Locale.ROOT, "%.1f %%", rate);
    }

    @GetMapping("/carts/tile")
    String tile(Model model) {
        var standing = carts.standing();
        var open = standing.getOrDefault("open", Carts.Standing.NONE).plus(standing.getOrDefault("abandoned", Carts.Standing.NONE))
                .plus(standing.getOrDefault("recovery_started", Carts.Standing.NONE));
        addStanding(model, "waiting", open);
        model.addAttribute("recovering", Shown.number(standing.getOrDefault("recovery_started", Carts.Standing.NONE).carts()));
        return "cart/tile :: tile";
    }

    /** Scanners follow links too: this changes nothing, it only leads into the shop. */
    @GetMapping("/r/{token}")
    String restore(@PathVariable String token) {
        String cartId = tokens.verify(RESTORE, token).flatMap(id -> carts.cartId(Long.parseLong(id)))
                .orElseThrow(() -> Problem.notFound("There is no such page."));
        String target = shop.get() + "?cart=" + URLEncoder.encode(cartId, StandardCharsets.UTF_8);
        return "redirect:" + (demo.on() ? target + "&t=" + tokens.sign("shop-cart", cartId) : target);
    }

    private static DayChart chart(Period period, List<CartFigures.Day> days) {
        var byDay = days.stream().collect(Collectors.toMap(CartFigures.Day::day, Function.identity()));
        return DayChart.of(period, date -> {
            var day = byDay.get(date);
            String says = ": %s left, %s of them ordered".formatted(Shown.number(day.left()), Shown.number(day.ordered()));
            return List.of(new DayChart.Part("ordered", day.ordered(), says), new DayChart.Part("left", day.left() - day.ordered(), says));
        });
    }

    private static Row row(Carts.Line line) {
        String person = line.customerName() != null ? line.customerName() : line.customerId() != null ? "Customer " + line.customerId() : "Somebody unknown";
        return new Row(line.cartId(), line.customerId(), person, line.status(), words(line.status()), line.reason(), Shown.money(line.total(), line.currency()),
                line.itemCount(), Objects.requireNonNull(Shown.time(line.updatedAt())), Shown.time(line.abandonedAt()), line.orderId());
    }

    private static String words(String state) {
        return switch (state) {
            case "recovery_started" -> "Reminding";
            case "excluded" -> "Left, not reminded";
            case "expired" -> "Lost";
            case "abandoned" -> "Left";
            default -> Shown.words(state);
        };
    }
}
