package dev.drover.experiment;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.drover.experiment.EvaluationView.Range;
import dev.drover.experiment.statistics.Evaluation;
import dev.drover.experiment.statistics.MeanDifference;
import dev.drover.experiment.statistics.Power;
import dev.drover.experiment.statistics.RevenueEvaluation;
import dev.drover.kernel.Checks;
import dev.drover.kernel.Page;
import dev.drover.kernel.Problem;
import java.security.Principal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Experiments and holdouts for programs. */
@RestController
@RequestMapping("/api/v1/experiments")
class ExperimentApi {

    private static final long SEED = 0x5eed;
    private static final int USUAL_DAYS = 14;

    /** @param share 0 to 0.5 */
    record Kept(@Nullable String scope, @Nullable Double share) {}

    record HoldoutView(String scope, double share, Instant since, String changedBy) {

        static HoldoutView of(Holdout holdout) {
            return new HoldoutView(holdout.scope(), holdout.share(), holdout.since(), holdout.changedBy());
        }
    }

    /** @param lift as a share of what those kept without did @param proven whether its range leaves out 0 */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Effect(double difference, Range differenceRange, double pValue, @Nullable Double lift, @Nullable Range liftRange, boolean proven) {

        static @Nullable Effect of(@Nullable MeanDifference found) {
            return found == null ? null : new Effect(found.difference(), Objects.requireNonNull(Range.of(found.interval())), found.pValue(), found.lift(), Range.of(found.liftRange()), Findings.proven(found));
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record LiftView(HoldoutView holdout, Instant from, Instant to, HoldoutLift.Side mailed, HoldoutLift.Side kept, @Nullable Effect orders, @Nullable Effect revenue, String verdict) {}

    /** @param verdict may be asked at any time; of revenue only once, at the end */
    record ResultView(Experiments.Experiment experiment, int days, String verdict, EvaluationView conversions, EvaluationView clicks, EvaluationView revenue) {}

    /** @param rate of the control @param lift as a share of it, 0.1 for a tenth more; none: the smallest that so many see */
    record PowerInput(@Nullable Double rate, @Nullable Double lift, @Nullable Long recipients, @Nullable Integer variants, @Nullable Double confidence, @Nullable Double power) {}

    /** @param recipients of each variant @param rate that is told from the control's */
    record PowerView(long recipients, double rate, double lift) {}

    private final Experiments experiments;
    private final ExperimentResults results;
    private final Holdouts holdouts;
    private final HoldoutLift lift;

    ExperimentApi(Experiments experiments, ExperimentResults results, Holdouts holdouts, HoldoutLift lift) {
        this.experiments = experiments;
        this.results = results;
        this.holdouts = holdouts;
        this.lift = lift;
    }

    @GetMapping
    Page<Experiments.Experiment> list(@RequestParam @Nullable String after, @RequestParam @Nullable Integer limit) {
        int most = Page.limit(limit, 100);
        return Page.of(experiments.list(Page.key(after), most + 1), most, Experiments.Experiment::key);
    }

    /** Of a split: the key may hold slashes, so it isn't part of the path. */
    @GetMapping("/results")
    ResultView results(@RequestParam String key, @RequestParam @Nullable Integer days) {
        int window = days(days);
        var found = results.of(experiments.require(key), window);
        if (found == null) {
            throw Problem.conflict("The experiment '" + key + "' can't be compared: it has one way that anybody takes, or more than eight.");
        }
        return new ResultView(found.experiment(), window, Findings.soFar(found.conversions()), EvaluationView.of("conversion_rate", found.conversions(), false),
                EvaluationView.of("click_rate", found.clicks(), false), EvaluationView.of(found.revenue(), false));
    }

    static int days(@Nullable Integer days) {
        int window = Objects.requireNonNullElse(days, USUAL_DAYS);
        if (window < 1 || window > 90) {
            new Checks().fail("days", "What happened in 1 to 90 days after the split can be looked at.").orThrow();
        }
        return window;
    }

    @PostMapping("/evaluate")
    EvaluationView evaluate(@RequestBody EvaluationInput input) {
        return input.revenue() ? EvaluationView.of(RevenueEvaluation.of(input.groups(), input.level(), new SplittableRandom(SEED)), input.inHundredths())
                : EvaluationView.of(Objects.requireNonNullElse(input.metric(), "open_rate"), Evaluation.of(input.arms(), input.level()), input.inHundredths());
    }

    @PostMapping("/power")
    PowerView power(@RequestBody PowerInput input) {
        var checks = new Checks().required("rate", input.rate());
        if ((input.lift() == null) == (input.recipients() == null)) {
            checks.fail("lift", "Say either the lift that matters, or how many recipients each variant gets.");
        }
        checks.orThrow();
        var power = new Power(Objects.requireNonNullElse(input.variants(), 2), Objects.requireNonNullElse(input.confidence(), 0.95), Objects.requireNonNullElse(input.power(), 0.8));
        return power(power, Objects.requireNonNull(input.rate()), input.lift(), input.recipients());
    }

    static PowerView power(Power power, double rate, @Nullable Double lift, @Nullable Long recipients) {
        if (recipients != null) {
            double seen = power.smallestSeen(recipients, rate);
            return new PowerView(recipients, seen, seen / rate - 1);
        }
        double better = rate * (1 + Objects.requireNonNull(lift));
        if (!(better > 0 && better < 1)) {
            throw Problem.invalid("lift", "With this lift the rate would leave 0 % to 100 %.");
        }
        return new PowerView((long) Math.ceil(power.recipients(rate, better)), better, lift);
    }

    @GetMapping("/holdouts")
    List<HoldoutView> holdouts() {
        return holdouts.all().stream().map(HoldoutView::of).toList();
    }

    /** A share of 0 ends it. */
    @PutMapping("/holdouts")
    List<HoldoutView> keep(@RequestBody Kept kept, @Nullable Principal who) {
        new Checks().required("scope", kept.scope()).required("share", kept.share()).orThrow();
        holdouts.set(kept.scope(), Objects.requireNonNull(kept.share()), who == null ? "api" : who.getName());
        return holdouts();
    }

    /** What marketing brought. */
    @GetMapping("/holdout")
    LiftView lift(@RequestParam(defaultValue = Holdout.EVERYBODY) String scope, @RequestParam @Nullable LocalDate from, @RequestParam @Nullable LocalDate to) {
        var found = lift.of(scope, from, to);
        return new LiftView(HoldoutView.of(found.holdout()), found.from(), found.to(), found.mailed(), found.kept(), Effect.of(found.orders()), Effect.of(found.revenue()), found.sentence());
    }
}
