package dev.drover.experiment;

import dev.drover.audience.Shown;
import dev.drover.experiment.statistics.Evaluation;
import dev.drover.experiment.statistics.RevenueEvaluation;
import dev.drover.kernel.Period;
import dev.drover.kernel.Problem;
import jakarta.servlet.http.HttpServletResponse;
import java.math.BigDecimal;
import java.security.Principal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Splits of journeys with what came of them, and who is kept without marketing with what that shows. */
@Controller
@RequestMapping("/experiments")
class ExperimentPages {

    private static final int MOST = 200;
    private static final int LONGEST_TRUSTED_PATH = 300;
    /** Campaigns' last, the newest of them first; what goes on for long stays where it was. */
    private static final Comparator<Holdout> ORDER = Comparator.comparing((Holdout one) -> one.scope().startsWith("campaign:"))
            .thenComparing(one -> one.scope().startsWith("campaign:") ? -one.since().toEpochMilli() : 0);

    record Row(String key, String variants, String customers, Shown.Time since) {}

    /** @param campaign its id, where it is one's */
    record Kept(String scope, String of, String percent, Shown.Time since, String changedBy, @Nullable String campaign) {}

    /** A line of a table of rates. @param difference in points; empty for the control */
    record Line(String id, String counts, String rate, String range, String difference, String differenceRange, String chance, String anyTime, String anyTimeChance) {}

    /** A line of the table of revenue. */
    record Money(String id, String customers, String buyers, String mean, String difference, String range, String chance) {}

    record Side(String name, String people, String ordered, String ordersEach, String revenueEach) {}

    private final Experiments experiments;
    private final ExperimentResults results;
    private final Holdouts holdouts;
    private final HoldoutLift lift;

    ExperimentPages(Experiments experiments, ExperimentResults results, Holdouts holdouts, HoldoutLift lift) {
        this.experiments = experiments;
        this.results = results;
        this.holdouts = holdouts;
        this.lift = lift;
    }

    @GetMapping
    String list(Model model) {
        model.addAttribute("rows", experiments.list(null, MOST).stream().map(each -> new Row(each.key(), String.join(" · ", each.variants()), Shown.number(each.customers()), Shown.time(each.changedAt()))).toList())
                .addAttribute("kept", holdouts.all().stream().sorted(ORDER).map(ExperimentPages::kept).toList());
        return "experiment/list";
    }

    private static Kept kept(Holdout holdout) {
        String of = holdout.scope().equals(Holdout.EVERYBODY) ? "Everybody" : Shown.words(holdout.scope().substring(0, holdout.scope().indexOf(':'))) + " " + holdout.scope().substring(holdout.scope().indexOf(':') + 1);
        return new Kept(holdout.scope(), of, Findings.percent(holdout.share()), Shown.time(holdout.since()), holdout.changedBy(),
                holdout.scope().startsWith("campaign:") ? holdout.scope().substring("campaign:".length()) : null);
    }

    /** @param percent of customers; 0 ends it @param back the page the form stands on */
    @PostMapping("/holdouts")
    String keep(@RequestParam @Nullable String scope, @RequestParam @Nullable String kind, @RequestParam @Nullable String id, @RequestParam @Nullable Double percent,
            @RequestParam @Nullable String back, Principal who, RedirectAttributes after) {
        String of = scope != null ? scope : Holdout.EVERYBODY.equals(kind) ? Holdout.EVERYBODY : kind + ":" + Objects.requireNonNullElse(id, "").strip();
        try {
            if (percent == null) {
                throw Problem.invalid("percent", "Say what share of customers is kept without, in hundredths; 0 ends it.");
            }
            holdouts.set(of, percent / 100, who.getName());
            after.addFlashAttribute("done", percent == 0 ? "Nobody is kept without any more." : "%s of customers are kept without from now on.".formatted(Findings.percent(percent / 100)));
        } catch (Problem problem) {
            after.addFlashAttribute("mistake", problem.getMessage());
        }
        return "redirect:" + (back != null && back.matches("/journeys/[\\w.:%-]+") && back.length() <= LONGEST_TRUSTED_PATH ? back : "/experiments#holdouts");
    }

    /** Loaded by itself, because it adds up everybody's orders. */
    @GetMapping("/holdouts/lift")
    String lift(@RequestParam(defaultValue = Holdout.EVERYBODY) String scope, @RequestParam @Nullable String from, @RequestParam @Nullable String to, Model model) {
        try {
            var found = lift.of(scope, Period.day("from", from), Period.day("to", to));
            model.addAttribute("found", found).addAttribute("from", Shown.time(found.from())).addAttribute("to", Shown.time(found.to()))
                    .addAttribute("sides", List.of(side("Mailed", found.mailed()), side("Kept without", found.kept())));
        } catch (Problem problem) {
            model.addAttribute("trouble", problem.getMessage());
        }
        return "experiment/lift :: lift";
    }

    private static Side side(String name, HoldoutLift.Side side) {
        return new Side(name, Shown.number(side.people()), Shown.number(side.ordered()), String.format(Locale.ENGLISH, "%.4f", side.ordersEach()), money(side.revenueEach()));
    }

    /** A journey's own setting, for its page. */
    @GetMapping("/holdouts/journey/{id}")
    String ofJourney(@PathVariable String id, Model model) {
        model.addAttribute("journey", id).addAttribute("splits", experiments.ofJourney(id)).addAttribute("own", holdouts.find("journey:" + id).map(ExperimentPages::kept).orElse(null));
        return "experiment/journey :: setting";
    }

    /** The key may hold slashes: a split is called after its journey and step. */
    @GetMapping("/of/{*key}")
    String one(@PathVariable String key, @RequestParam @Nullable Integer days, HttpServletResponse response, Model model) {
        var experiment = experiments.require(key.substring(1));
        int window;
        try {
            window = ExperimentApi.days(days);
        } catch (Problem problem) {
            model.addAttribute("mistake", problem.getMessage());
            response.setStatus(422);
            window = ExperimentApi.days(null);
        }
        var found = results.of(experiment, window);
        model.addAttribute("experiment", experiment).addAttribute("days", window).addAttribute("since", Shown.time(experiment.changedAt())).addAttribute("began", Shown.time(experiment.beganAt()))
                .addAttribute("weightsChanged", !experiment.changedAt().equals(experiment.beganAt())).addAttribute("found", found);
        if (found != null) {
            model.addAttribute("verdict", Findings.soFar(found.conversions())).addAttribute("proven", found.conversions().soonWinner() != null).addAttribute("alarm", found.conversions().sampleRatio().alarm())
                    .addAttribute("ratio", Findings.chance(found.conversions().sampleRatio().pValue())).addAttribute("conversions", lines(found.conversions())).addAttribute("clicks", lines(found.clicks()))
                    .addAttribute("clickVerdict", Findings.soFar(found.clicks())).addAttribute("money", money(found.revenue())).addAttribute("moneyVerdict", Findings.of(found.revenue()));
        }
        return "experiment/result";
    }

    static List<Line> lines(Evaluation found) {
        var lines = new ArrayList<Line>();
        for (int n = 0; n < found.rates().size(); n++) {
            var rate = found.rates().get(n);
            String own = Findings.percent(rate.interval().low()) + " to " + Findings.percent(rate.interval().high());
            if (n == 0) {
                lines.add(new Line(rate.arm().id(), Findings.counts(rate.arm()), Findings.percent(rate.arm().rate()), own, "", "", "", "", ""));
            } else {
                var other = found.others().get(n - 1);
                lines.add(new Line(rate.arm().id(), Findings.counts(rate.arm()), Findings.percent(rate.arm().rate()), own, Findings.points(rate.arm().rate() - found.control().rate()),
                        Findings.points(other.difference().low()) + " to " + Findings.points(other.difference().high()), Findings.chance(other.pValue()),
                        Findings.signed(other.anyTime().lift().low()) + " to " + Findings.signed(other.anyTime().lift().high()), Findings.chance(other.anyTime().pValue())));
            }
        }
        return lines;
    }

    private static List<Money> money(RevenueEvaluation found) {
        var lines = new ArrayList<Money>();
        for (int n = 0; n < found.groups().size(); n++) {
            var group = found.groups().get(n);
            var other = n == 0 ? null : found.others().get(n - 1);
            var difference = other == null ? null : other.difference();
            lines.add(new Money(group.id(), Shown.number(group.amounts().people()), Shown.number(group.amounts().values().length), money(group.amounts().mean()), difference == null ? "" : money(difference.difference()),
                    difference == null ? (n == 0 ? "" : "too few bought") : money(difference.interval().low()) + " to " + money(difference.interval().high()), difference == null ? "" : Findings.chance(other.pValue())));
        }
        return lines;
    }

    private static String money(double amount) {
        return Shown.money(BigDecimal.valueOf(amount), "EUR");
    }
}
