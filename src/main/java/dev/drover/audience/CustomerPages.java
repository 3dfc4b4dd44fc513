package dev.drover.audience;

import dev.drover.kernel.Page;
import dev.drover.kernel.PlatformClock;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

@Controller
@RequestMapping("/customers")
class CustomerPages {

    private static final int ROWS = 50;
    private static final int ENTRIES = 30;
    /** The page embeds more about these than a profile holds. */
    private static final String SHOWN_WITH_REASONS = "segments";

    /** A row of the list. */
    record Listed(String externalId, String name, @Nullable String email, @Nullable String country, String orders, String spent, Shown.@Nullable Time lastAt) {}

    record Entry(Shown.Time at, String kind, String title, @Nullable String detail, @Nullable String link) {}

    record Day(String label, List<Entry> entries) {}

    private final Customers customers;
    private final OrderTotals totals;
    private final Timeline timeline;
    private final ObjectProvider<ProfilePart> parts;
    private final PlatformClock clock;

    CustomerPages(Customers customers, OrderTotals totals, Timeline timeline, ObjectProvider<ProfilePart> parts, PlatformClock clock) {
        this.customers = customers;
        this.totals = totals;
        this.timeline = timeline;
        this.parts = parts;
        this.clock = clock;
    }

    @GetMapping
    String list(@RequestParam(required = false) @Nullable String search, @RequestParam(required = false) @Nullable String after,
            @RequestHeader(name = "HX-Request", required = false) @Nullable String htmx,
            @RequestHeader(name = "HX-Boosted", required = false) @Nullable String boosted, Model model) {
        var page = customers.list(search, after, ROWS);
        var bought = totals.of(page.items().stream().map(Customer::id).toList());
        model.addAttribute("customers", page.items().stream().map(customer -> listed(customer, bought.getOrDefault(customer.id(), OrderTotals.Totals.NONE))).toList());
        model.addAttribute("next", page.next());
        model.addAttribute("search", Objects.requireNonNullElse(search, ""));
        model.addAttribute("first", after == null);
        return htmx != null && boosted == null ? "audience/customer-rows :: rows" : "audience/customers";
    }

    @GetMapping("/tile")
    String tile(Model model) {
        model.addAttribute("count", Shown.number(customers.count()));
        model.addAttribute("fresh", Shown.number(customers.countSince(clock.instant().minus(Duration.ofDays(7)))));
        return "audience/customer-tile :: tile";
    }

    @GetMapping("/{externalId}")
    String profile(@PathVariable String externalId, Model model) {
        var customer = customers.require(externalId);
        var bought = totals.of(customer.id());
        model.addAttribute("customer", customer);
        model.addAttribute("name", customer.shownName());
        model.addAttribute("known", Shown.time(customer.createdAt()));
        model.addAttribute("orders", Shown.number(bought.count()));
        model.addAttribute("spent", Shown.money(bought.revenue(), Orders.CURRENCY));
        model.addAttribute("average", Shown.money(bought.average(), Orders.CURRENCY));
        model.addAttribute("lastOrder", Shown.time(bought.lastAt()));
        model.addAttribute("parts", parts.orderedStream().filter(part -> !part.name().equals(SHOWN_WITH_REASONS))
                .map(part -> ProfileFacts.of(part.name(), part.of(customer))).toList());
        addTimeline(customer, null, model);
        return "audience/customer";
    }

    @GetMapping("/{externalId}/timeline")
    String timeline(@PathVariable String externalId, @RequestParam(required = false) @Nullable String after, Model model) {
        var customer = customers.require(externalId);
        model.addAttribute("customer", customer);
        addTimeline(customer, after, model);
        return "audience/customer-timeline :: timeline";
    }

    private void addTimeline(Customer customer, @Nullable String after, Model model) {
        Page<TimelineSource.Entry> page = timeline.of(customer, after, ENTRIES);
        var days = new ArrayList<Day>();
        for (TimelineSource.Entry entry : page.items()) {
            var at = Shown.time(entry.at());
            if (days.isEmpty() || !days.getLast().label().equals(at.day())) {
                days.add(new Day(at.day(), new ArrayList<>()));
            }
            days.getLast().entries().add(new Entry(at, entry.kind(), entry.title(), entry.detail(), entry.link()));
        }
        model.addAttribute("days", days);
        model.addAttribute("nextEntries", page.next());
        model.addAttribute("firstEntries", after == null);
    }

    private static Listed listed(Customer customer, OrderTotals.Totals bought) {
        return new Listed(customer.externalId(), customer.shownName(), customer.email(), customer.country(), Shown.number(bought.count()),
                bought.revenue().compareTo(BigDecimal.ZERO) == 0 ? "" : Shown.money(bought.revenue(), Orders.CURRENCY), Shown.time(bought.lastAt()));
    }
}
