package dev.drover.campaign;

import dev.drover.audience.Shown;
import dev.drover.campaign.AbTest.Metric;
import dev.drover.campaign.AbTests.Outcome;
import dev.drover.campaign.AbTests.Row;
import dev.drover.campaign.Runs.Run;
import dev.drover.experiment.statistics.Evaluation;
import dev.drover.experiment.statistics.MeanDifference;
import dev.drover.experiment.statistics.RevenueEvaluation;
import dev.drover.kernel.Problem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What a campaign's test shows: so far, or as it was decided. Reactions go on being counted after that; the decision stays. */
@Component
class AbReport {

    /**
     * @param rate       who did what is measured, of {@code recipients}; of {@code revenue} what each of them spent
     * @param low        of the rate's interval, with {@code high}; {@code null} of revenue
     * @param difference more than the control, with its interval; {@code null} of the control, or where too few have ordered
     * @param pValue     at the end, corrected for several variants (Holm)
     * @param anyTime    the same, whenever it is looked at; not of revenue
     */
    record Line(String id, @Nullable String says, double weight, long queued, long recipients, long opened, long clicked, long ordered, double revenue, double rate, @Nullable Double low, @Nullable Double high,
            @Nullable Double difference, @Nullable Double differenceLow, @Nullable Double differenceHigh, @Nullable Double pValue, @Nullable Double anyTime) {}

    /**
     * @param status   {@code running}, {@code completed}, {@code cancelled}
     * @param decideAt {@code null}: it is decided, or somebody is asked
     * @param asks     somebody has to decide now
     * @param srm      the variants didn't get the shares they were meant to
     */
    record Report(int run, String status, String metric, String variable, double testShare, int minimumSample, double confidence, @Nullable Instant decideAt, boolean asks, @Nullable String chosen,
            @Nullable String winner, @Nullable String decidedBy, @Nullable Instant decidedAt, String verdict, boolean srm, List<Line> variants) {}

    private final Runs runs;
    private final AbTests tests;

    AbReport(Runs runs, AbTests tests) {
        this.runs = runs;
        this.tests = tests;
    }

    /** @throws Problem not found where nothing was tried out yet */
    @Transactional(readOnly = true)
    Report require(Campaign campaign) {
        return of(campaign).orElseThrow(() -> Problem.notFound("Nothing of '%s' was tried out yet.".formatted(campaign.name())));
    }

    /** Of its last run. */
    @Transactional(readOnly = true)
    Optional<Report> of(Campaign campaign) {
        var run = runs.find(campaign.id(), campaign.run());
        return run.flatMap(its -> tests.find(campaign.id(), campaign.run()).map(row -> report(its, row)));
    }

    private Report report(Run run, Row row) {
        var test = row.test();
        var outcomes = tests.outcomes(run, row);
        boolean testing = run.phase().equals("testing");
        String verdict = row.finding() != null ? row.finding() : row.status().equals("cancelled") ? "It was cancelled before it was decided." : Verdict.soFar(row, outcomes);
        boolean revenue = test.metric() == Metric.REVENUE;
        var amounts = revenue ? Verdict.revenue(test, outcomes) : null;
        var rates = revenue ? null : Verdict.rates(test, outcomes);
        boolean srm = amounts != null ? amounts.sampleRatio().alarm() : rates != null && rates.sampleRatio().alarm();
        return new Report(run.number(), row.status(), test.metric().key(), test.variable().key(), test.testShare(), row.minimum(), test.confidence(), testing ? run.decideAt() : null,
                testing && run.decideAt() == null, row.chosen(), row.winner(), row.by(), row.completedAt(), verdict, srm, amounts != null ? spent(test, outcomes, amounts) : lines(test, outcomes, rates));
    }

    private static List<Line> lines(AbTest test, List<Outcome> outcomes, @Nullable Evaluation found) {
        var lines = new ArrayList<Line>();
        for (int n = 0; found != null && n < outcomes.size(); n++) {
            var rate = found.rates().get(n);
            var other = n == 0 ? null : found.others().get(n - 1);
            lines.add(line(test, n, outcomes.get(n), rate.arm().rate(), rate.interval().low(), rate.interval().high(), other == null ? null : rate.arm().rate() - found.control().rate(),
                    other == null ? null : other.difference().low(), other == null ? null : other.difference().high(), other == null ? null : other.pValue(), other == null ? null : other.anyTime().pValue()));
        }
        return lines;
    }

    private static List<Line> spent(AbTest test, List<Outcome> outcomes, RevenueEvaluation found) {
        var lines = new ArrayList<Line>();
        for (int n = 0; n < outcomes.size(); n++) {
            var other = n == 0 ? null : found.others().get(n - 1);
            MeanDifference more = other == null ? null : other.difference();
            lines.add(line(test, n, outcomes.get(n), found.groups().get(n).amounts().mean(), null, null, more == null ? null : more.difference(), more == null ? null : more.interval().low(),
                    more == null ? null : more.interval().high(), other == null ? null : other.pValue(), null));
        }
        return lines;
    }

    private static Line line(AbTest test, int n, Outcome of, double rate, @Nullable Double low, @Nullable Double high, @Nullable Double difference, @Nullable Double differenceLow,
            @Nullable Double differenceHigh, @Nullable Double pValue, @Nullable Double anyTime) {
        var variant = test.variants().get(n);
        String says = switch (test.variable()) {
            case SUBJECT_LINE -> variant.subject();
            case CONTENT -> variant.template();
            case FROM_NAME -> variant.fromName();
            case SEND_TIME -> variant.sendTime() == null ? null : variant.sendTime() + " " + test.zone().getId();
        };
        return new Line(of.id(), says, variant.weight(), of.queued(), of.sent(), of.opened(), of.clicked(), of.ordered(), Math.round(of.revenue() * 100) / 100.0, rate, low, high, difference, differenceLow,
                differenceHigh, pValue, anyTime);
    }

    /** A line as the page shows it. @param range of the rate @param more than the control, in points or money */
    record Shows(String id, String says, String recipients, String opened, String clicked, String ordered, String revenue, String rate, String range, String more, String moreRange, String chance, boolean chosen) {

        static Shows of(Line line, Report report) {
            boolean money = report.metric().equals(Metric.REVENUE.key());
            return new Shows(line.id(), line.says() == null ? "as the campaign has it" : line.says(), Shown.number(line.recipients()), Shown.number(line.opened()), Shown.number(line.clicked()), Shown.number(line.ordered()),
                    amount(line.revenue()), money ? amount(line.rate()) : percent(line.rate()), line.low() == null || line.high() == null ? "" : percent(line.low()) + " to " + percent(line.high()),
                    line.difference() == null ? "" : money ? amount(line.difference()) : points(line.difference()),
                    line.differenceLow() == null || line.differenceHigh() == null ? "" : money ? amount(line.differenceLow()) + " to " + amount(line.differenceHigh()) : points(line.differenceLow()) + " to " + points(line.differenceHigh()),
                    line.pValue() == null ? "" : line.pValue() < 0.0001 ? "< 0.0001" : String.format(Locale.ENGLISH, "%.4f", line.pValue()), line.id().equals(report.chosen()));
        }

        private static String amount(double amount) {
            return (amount < 0 ? "−" : "") + String.format(Locale.ENGLISH, "%,.2f", Math.abs(amount));
        }

        private static String percent(double share) {
            return String.format(Locale.ENGLISH, "%.1f %%", 100 * share);
        }

        private static String points(double share) {
            return String.format(Locale.ENGLISH, "%s%.2f", share < 0 ? "−" : "", 100 * Math.abs(share));
        }
    }
}
