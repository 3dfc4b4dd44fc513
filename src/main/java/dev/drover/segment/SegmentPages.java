package dev.drover.segment;

import dev.drover.audience.Customers;
import dev.drover.kernel.PlatformClock;
import dev.drover.kernel.Problem;
import dev.drover.ruleset.RuleFile;
import dev.drover.ruleset.Rulesets;
import dev.drover.segment.builder.Wording;
import java.security.Principal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Who is in which segment, and why. */
@Controller
@RequestMapping("/segments")
class SegmentPages {

    /** A time for people to read, UTC, and for {@code <time datetime>}. */
    record When(String iso, String text) {
        private static final DateTimeFormatter TEXT = DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm", Locale.ENGLISH).withZone(ZoneOffset.UTC);

        static When of(Instant instant) {
            return new When(instant.toString(), TEXT.format(instant));
        }
    }

    record Line(Segment segment, @Nullable When refreshed) {}

    record MemberLine(Segments.Member member, When since) {}

    private static final int MEMBERS = 50;

    private final Segments segments;
    private final SegmentCatalogue catalogue;
    private final SegmentSchedule schedule;
    private final SegmentRebuild rebuild;
    private final Rulesets rulesets;
    private final SegmentDefinitions definitions;
    private final SegmentRetirement retirement;
    private final Customers customers;
    private final PlatformClock clock;

    SegmentPages(Segments segments, SegmentCatalogue catalogue, SegmentSchedule schedule, SegmentRebuild rebuild, Rulesets rulesets, SegmentDefinitions definitions,
            SegmentRetirement retirement, Customers customers, PlatformClock clock) {
        this.segments = segments;
        this.catalogue = catalogue;
        this.schedule = schedule;
        this.rebuild = rebuild;
        this.rulesets = rulesets;
        this.definitions = definitions;
        this.retirement = retirement;
        this.customers = customers;
        this.clock = clock;
    }

    @GetMapping
    String list(Model model) {
        model.addAttribute("segments", segments.all().stream().map(SegmentPages::line).toList());
        return status(model, "segment/list");
    }

    @GetMapping("/status")
    String status(Model model) {
        return status(model, "segment/status :: status");
    }

    @PostMapping("/rebuild")
    String calculate(Model model) {
        schedule.request("page");
        return status(model, "segment/status :: status");
    }

    private String status(Model model, String view) {
        model.addAttribute("running", schedule.busy());
        model.addAttribute("progress", rebuild.progress().orElse(null));
        model.addAttribute("last", rebuild.lastEnded().orElse(null));
        model.addAttribute("lastAt", rebuild.lastEnded().map(run -> When.of(run.endedAt())).orElse(null));
        return view;
    }

    @GetMapping("/tile")
    String tile(Model model) {
        model.addAttribute("count", catalogue.count());
        model.addAttribute("entered", catalogue.enteredSince(clock.instant().minus(java.time.Duration.ofDays(7))));
        return "segment/tile :: tile";
    }

    @PostMapping
    String create(@RequestParam String name) {
        String key = name.strip().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        if (key.isEmpty() || key.length() > 100 || name.length() > 200) {
            throw Problem.invalid("name", "Give the segment a name of letters and digits, at most 100.");
        }
        SegmentInput.checkKey(key).orThrow();
        catalogue.createStatic(key, name.strip(), "");
        return "redirect:/segments/" + key;
    }

    @GetMapping("/{key}")
    String one(@PathVariable String key, @RequestParam @Nullable String after, Model model) {
        var segment = segments.require(key);
        var page = segments.members(key, after, MEMBERS);
        model.addAttribute("line", line(segment));
        model.addAttribute("members", page.items().stream().map(member -> new MemberLine(member, When.of(member.since()))).toList());
        model.addAttribute("next", page.next());
        model.addAttribute("first", after == null);
        model.addAttribute("rule", ruleOf(segment).orElse(null));
        model.addAttribute("version", definitions.file(segment.ruleFile()).map(RuleFile::version).orElse(null));
        model.addAttribute("words", segment.isStatic() ? null : definitions.criteria(segment).map(Wording::sentence).orElse(null));
        return "segment/detail";
    }

    @PostMapping("/{key}/retire")
    String retire(@PathVariable String key, Principal who) {
        retirement.retire(key, who.getName(), "ui");
        return "redirect:/segments";
    }

    @PostMapping("/{key}/members")
    String addMember(@PathVariable String key, @RequestParam String customer) {
        segments.add(key, customers.require(customer.strip()).id(), "manual");
        return "redirect:/segments/" + key;
    }

    @PostMapping("/{key}/members/remove")
    String removeMember(@PathVariable String key, @RequestParam String customer) {
        segments.remove(key, customers.require(customer).id(), "manual");
        return "redirect:/segments/" + key;
    }

    private Optional<dev.drover.ruleset.RuleText> ruleOf(Segment segment) {
        return rulesets.rules("segments").stream().filter(rule -> rule.segments().contains(segment.key())).findFirst();
    }

    private static Line line(Segment segment) {
        return new Line(segment, segment.refreshedAt() == null ? null : When.of(segment.refreshedAt()));
    }
}
