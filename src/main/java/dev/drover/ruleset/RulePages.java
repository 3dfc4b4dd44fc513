package dev.drover.ruleset;

import java.security.Principal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The rule files, how each stands, and the way back to files for those who keep them in Git. */
@Controller
@RequestMapping("/rules")
class RulePages {

    /** Those that can be written here, in the order in which they are shown. */
    static final List<String> GROUPS = List.of("segments", "eligibility", "content");

    /** @param inForce whether its rules decide */
    record Group(String name, String purpose, boolean inForce, List<Entry> files) {}

    /** @param rules in force, with what their author says of them */
    record Entry(RuleFile file, List<RuleText> rules) {}

    private final Rulesets rulesets;
    private final RuleExport export;

    RulePages(Rulesets rulesets, RuleExport export) {
        this.rulesets = rulesets;
        this.export = export;
    }

    @GetMapping
    String list(Model model) {
        Map<String, List<RuleFile>> byGroup = new LinkedHashMap<>();
        GROUPS.forEach(group -> byGroup.put(group, new ArrayList<>()));
        rulesets.files().forEach(file -> byGroup.computeIfAbsent(file.group(), group -> new ArrayList<>()).add(file));
        model.addAttribute("groups", byGroup.entrySet().stream().map(group -> group(group.getKey(), group.getValue())).toList())
                .addAttribute("differs", rulesets.files().stream().filter(file -> file.folder() != RuleFile.Folder.SAME).count());
        return "ruleset/list";
    }

    private Group group(String name, List<RuleFile> files) {
        var rules = rulesets.rules(name);
        return new Group(name, purpose(name), files.isEmpty() || !rules.isEmpty(),
                files.stream().map(file -> new Entry(file, rules.stream().filter(rule -> rule.file().equals(file.path())).toList())).toList());
    }

    @GetMapping(path = "/export", produces = "application/zip")
    ResponseEntity<byte[]> zip() {
        return ResponseEntity.ok().header("Content-Disposition", "attachment; filename=\"rules.zip\"").body(export.zip());
    }

    @PostMapping("/export")
    String writeToFolder(Principal who, RedirectAttributes after) {
        var written = export.writeToFolder();
        after.addFlashAttribute("done", "Written to the folder: %s. %d files said the same already.".formatted(
                written.written().isEmpty() ? "nothing" : String.join(", ", written.written()), written.unchanged()))
                .addFlashAttribute("left", written.left());
        return "redirect:/rules";
    }

    static String purpose(String group) {
        return switch (group) {
            case "segments" -> "Who belongs to which segment.";
            case "eligibility" -> "Whether a message may be sent: now, later or not at all.";
            case "content" -> "What a journey does with whom: asked by its steps “Decide by rule”, each a file.";
            default -> "";
        };
    }
}
