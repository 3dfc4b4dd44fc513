package dev.drover.delivery;

import dev.drover.audience.Customer;
import dev.drover.audience.Customers;
import dev.drover.kernel.Channel;
import dev.drover.kernel.PlatformClock;
import dev.drover.kernel.Problem;
import dev.drover.ruleset.RuleDraft;
import dev.drover.ruleset.Rulesets;
import dev.drover.ruleset.RulesRefused;
import dev.drover.template.Templates;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;

/** The part of the editor's page that needs messages: a draft about who may be written to, tried on one customer. */
@Controller
@RequestMapping("/rules")
class MessageTrialPages {

    private static final List<String> TYPES = List.of("marketing", "transactional", "notification", "system");
    private static final List<String> ORIGINS = List.of("journey", "campaign", "trigger", "api");
    private static final int LONGEST_CATEGORY = 100;

    /** @param at on the customer's clock; {@code null}: now */
    record Asked(String customer, String channel, String type, String category, String origin, @Nullable LocalTime at) {}

    /** @param verdict what becomes of the message, in a word @param why empty: nothing stands against it */
    record Outcome(String verdict, String colour, String why, String rule) {}

    private final Rulesets rulesets;
    private final RecipientFacts recipients;
    private final Customers customers;
    private final Templates templates;
    private final PlatformClock clock;

    MessageTrialPages(Rulesets rulesets, RecipientFacts recipients, Customers customers, Templates templates, PlatformClock clock) {
        this.rulesets = rulesets;
        this.recipients = recipients;
        this.customers = customers;
        this.templates = templates;
        this.clock = clock;
    }

    /** @param table whether it is a decision table, whose draft is a workbook */
    @GetMapping("/try-message")
    String form(@RequestParam String path, @RequestParam(defaultValue = "false") boolean table, Model model) {
        var categories = templates.all().stream().map(Templates.Template::category).distinct().sorted().toList();
        model.addAttribute("path", path).addAttribute("table", table).addAttribute("channels", Channel.values()).addAttribute("types", TYPES).addAttribute("origins", ORIGINS)
                .addAttribute("categories", categories);
        return "delivery/try :: form";
    }

    /** @param workbook of a decision table; none: the table as it is in force */
    @PostMapping("/try-message")
    String tryOn(@RequestParam String path, @RequestParam @Nullable String source, @RequestParam @Nullable MultipartFile workbook, Asked asked, Model model) throws IOException {
        var customer = customers.byIdOrAddress(asked.customer().strip()).orElse(null);
        if (customer == null) {
            return trouble(asked.customer().isBlank() ? "Whom shall it be tried on? Give an id or an e-mail address." : "There is no customer '%s'.".formatted(asked.customer()), model);
        }
        if (!TYPES.contains(asked.type()) || !ORIGINS.contains(asked.origin()) || asked.category().isBlank() || asked.category().length() > LONGEST_CATEGORY) {
            return trouble("Say what kind of message it would be: its type, its category and where it comes from.", model);
        }
        try {
            return show(draft(path, source, workbook), customer, asked, model);
        } catch (RulesRefused refused) {
            return trouble(workbook == null || workbook.isEmpty() ? "It has mistakes: mend these first."
                    : "This workbook has mistakes: " + refused.problems().getFirst().message(), model);
        } catch (Problem problem) {
            return trouble(problem.getMessage(), model);
        }
    }

    private static String trouble(String words, Model model) {
        model.addAttribute("trouble", words);
        return "delivery/try :: tried";
    }

    private RuleDraft draft(String path, @Nullable String source, @Nullable MultipartFile workbook) throws IOException {
        if (source != null) {
            return rulesets.compileDraft(path, source);
        }
        if (workbook != null && !workbook.isEmpty()) {
            return rulesets.compileDraftTable(path, workbook.getBytes());
        }
        var version = rulesets.file(path).flatMap(file -> Optional.ofNullable(file.version()))
                .orElseThrow(() -> Problem.rejected("There is no version of '%s' yet: choose a workbook to try.".formatted(path)));
        return rulesets.compileDraftTable(path, rulesets.workbook(path, version.number()));
    }

    private String show(RuleDraft draft, Customer customer, Asked asked, Model model) {
        var channel = Channel.of(asked.channel());
        String address = Deliveries.address(customer, channel);
        var at = moment(customer, asked.at());
        var facts = recipients.of(List.of(new RecipientFacts.Asked(customer, channel, address, asked.type(), asked.category().strip(), asked.origin(), "", Long.MAX_VALUE)), at)
                .getFirst();
        model.addAttribute("customer", customer).addAttribute("zone", RecipientFacts.zone(customer)).addAttribute("at", at)
                .addAttribute("then", outcome(Eligibility.weightiest(draft.decide(facts))))
                .addAttribute("now", outcome(Eligibility.weightiest(rulesets.decide("eligibility", facts))))
                .addAttribute("told", draft.explain(facts)).addAttribute("address", address);
        return "delivery/try :: tried";
    }

    /** The next time their clock shows it. */
    private Instant moment(Customer customer, @Nullable LocalTime at) {
        var now = clock.instant().atZone(RecipientFacts.zone(customer));
        return at == null ? now.toInstant() : Stream.of(0, 1).map(days -> now.toLocalDate().plusDays(days).atTime(at).atZone(now.getZone()))
                .filter(moment -> !moment.isBefore(now)).findFirst().orElse(now).toInstant();
    }

    private static Outcome outcome(Eligibility.Decision decision) {
        String rule = decision.rule() == null ? "" : decision.rule();
        String why = decision.reason() == null ? "" : decision.reason();
        return switch (decision.word()) {
            case "skip" -> new Outcome("not sent", "text-bg-danger", why, rule);
            case "defer" -> new Outcome("sent later", "text-bg-warning", why, rule);
            default -> new Outcome("sent", "text-bg-success", why, rule);
        };
    }
}
