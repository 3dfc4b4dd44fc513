package dev.drover.experiment;

import dev.drover.audience.Shown;
import dev.drover.experiment.statistics.Arm;
import dev.drover.experiment.statistics.Evaluation;
import dev.drover.experiment.statistics.Power;
import dev.drover.kernel.Problem;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Two sums for a marketer: how many recipients a test needs, and what counts from anywhere prove. What is asked stands in the address, so that it can be passed on. */
@Controller
@RequestMapping("/experiments/calculator")
class CalculatorPages {

    private static final int MOST = 8;

    /** As typed. @param mistakes by field: {@code recipients}, {@code successes} */
    record Typed(String id, String recipients, String successes, Map<String, String> mistakes) {}

    @GetMapping
    String page(@RequestParam(defaultValue = "2") int rows, @RequestParam @Nullable List<String> recipients, @RequestParam @Nullable List<String> successes,
            @RequestParam(defaultValue = "95") String confidence, @RequestParam @Nullable String add, @RequestParam @Nullable String rate, @RequestParam @Nullable String lift,
            @RequestParam @Nullable String size, @RequestParam(defaultValue = "2") String variants, @RequestParam(defaultValue = "80") String power, HttpServletResponse response, Model model) {
        int shown = Math.clamp(rows + (add == null ? 0 : 1), 2, MOST);
        model.addAttribute("rows", shown).addAttribute("full", shown == MOST).addAttribute("confidence", confidence).addAttribute("rate", rate).addAttribute("lift", lift).addAttribute("size", size)
                .addAttribute("variants", variants).addAttribute("power", power);
        boolean bad = recipients != null && successes != null ? evaluate(shown, add == null, recipients, successes, confidence, model) : typed(blank(shown), model);
        if (rate != null && (bad | size(rate, lift, size, variants, confidence, power, model)) || bad) {
            response.setStatus(422);
        }
        return "experiment/calculator";
    }

    private static List<Typed> blank(int rows) {
        return IntStream.range(0, rows).mapToObj(n -> new Typed(name(n), "", "", Map.of())).toList();
    }

    private static String name(int n) {
        return String.valueOf((char) ('A' + n));
    }

    private static boolean typed(List<Typed> typed, Model model) {
        model.addAttribute("typed", typed);
        return false;
    }

    /** @param now or only one more row is asked for @return whether something is wrong with what was typed */
    private static boolean evaluate(int rows, boolean now, List<String> recipients, List<String> successes, String confidence, Model model) {
        var arms = new ArrayList<Arm>();
        var typed = new ArrayList<Typed>();
        boolean bad = false;
        for (int n = 0; n < rows; n++) {
            String got = n < recipients.size() ? recipients.get(n).strip() : "";
            String did = n < successes.size() ? successes.get(n).strip() : "";
            Long of = count(got);
            Long success = count(did);
            var mistakes = new HashMap<String, String>();
            if (of == null) {
                mistakes.put("recipients", "How many got " + name(n) + "? A whole number.");
            }
            if (success == null) {
                mistakes.put("successes", "How many of them did it? A whole number.");
            } else if (of != null && success > of) {
                mistakes.put("successes", "More than got it: count each recipient once.");
            }
            bad |= !mistakes.isEmpty();
            typed.add(new Typed(name(n), got, did, now ? mistakes : Map.of()));
            if (mistakes.isEmpty()) {
                arms.add(new Arm(name(n), of, success, 1));
            }
        }
        typed(typed, model);
        if (bad || !now) {
            return bad && now;
        }
        try {
            var found = Evaluation.of(arms, share(confidence, "confidence", "The confidence is above 50 % and below 100 %."));
            model.addAttribute("found", found).addAttribute("verdict", Findings.of(found)).addAttribute("soFar", Findings.soFar(found)).addAttribute("lines", ExperimentPages.lines(found))
                    .addAttribute("chance", Findings.chance(found.overall().pValue())).addAttribute("ratio", Findings.chance(found.sampleRatio().pValue()))
                    .addAttribute("statistic", String.format(Locale.ENGLISH, "%.4f", found.overall().statistic()));
            return false;
        } catch (Problem problem) {
            model.addAttribute("evaluateMistake", problem.getMessage());
            return true;
        }
    }

    private static boolean size(String rate, @Nullable String lift, @Nullable String size, String variants, String confidence, String power, Model model) {
        try {
            double base = share(rate, "rate", "A rate is above 0 % and below 100 %, such as 3.");
            Double wanted = lift == null || lift.isBlank() ? null : share(lift, "lift", "The lift is a number in hundredths, such as 10.");
            Long each = size == null || size.isBlank() ? null : count(size.strip());
            if ((wanted == null) == (each == null)) {
                throw Problem.invalid("lift", "Fill in one of the two: the lift that matters, or how many recipients each variant gets.");
            }
            Long arms = count(variants.strip());
            var sums = new Power(arms == null ? 0 : (int) Math.min(arms, Integer.MAX_VALUE), share(confidence, "confidence", "The confidence is above 50 % and below 100 %."), share(power, "power", "The power is between 0 % and 100 %."));
            var found = ExperimentApi.power(sums, base, wanted, each);
            String to = "%s rather than %s".formatted(Findings.percent(found.rate()), Findings.percent(base));
            model.addAttribute("sized", wanted != null ? "To see a lift of %s (%s) you need %s recipients for each variant, %s in all.".formatted(Findings.signed(found.lift()), to, Shown.number(found.recipients()), Shown.number(found.recipients() * sums.variants()))
                    : found.rate() >= 1 ? "With %s recipients for each variant no lift can be seen: send to more.".formatted(Shown.number(found.recipients()))
                    : "With %s recipients for each variant you can see a lift of %s or more (%s).".formatted(Shown.number(found.recipients()), Findings.signed(found.lift()), to));
            return false;
        } catch (Problem problem) {
            var field = problem.errors().isEmpty() ? "" : problem.errors().getFirst().field();
            model.addAttribute("sizeMistake", problem.getMessage()).addAttribute("sizeField", field);
            return true;
        }
    }

    /** With or without the thousands' commas of the pages. @return {@code null}: no count */
    private static @Nullable Long count(String text) {
        String digits = text.replace(",", "").replace(" ", "");
        return digits.matches("[0-9]{1,12}") ? Long.valueOf(digits) : null;
    }

    private static double share(String text, String field, String complaint) {
        try {
            double value = Double.parseDouble(text.strip().replace("%", "").strip());
            if (Double.isFinite(value)) {
                return value / 100;
            }
        } catch (NumberFormatException notANumber) {
            // Told below, like an infinite one.
        }
        throw Problem.invalid(field, complaint);
    }
}
