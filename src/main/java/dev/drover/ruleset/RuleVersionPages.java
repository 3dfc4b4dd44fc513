package dev.drover.ruleset;

import dev.drover.kernel.TextDiff;
import dev.drover.kernel.Problem;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What a rule file said before, what changed, and the way back. */
@Controller
@RequestMapping("/rules/{group}/{name}")
class RuleVersionPages {

    private final Rulesets rulesets;

    RuleVersionPages(Rulesets rulesets) {
        this.rulesets = rulesets;
    }

    @GetMapping("/versions")
    String versions(@PathVariable String group, @PathVariable String name, @RequestParam(required = false) @Nullable Integer from,
            @RequestParam(required = false) @Nullable Integer to, Model model) {
        String path = group + "/" + name;
        var versions = rulesets.versions(path);
        if (versions.isEmpty()) {
            throw Problem.notFound("There is no rule file '%s'.".formatted(path));
        }
        int later = to == null ? versions.getFirst().number() : to;
        int earlier = from == null ? Math.max(1, later - 1) : from;
        model.addAttribute("group", group).addAttribute("name", name).addAttribute("versions", versions).addAttribute("from", earlier).addAttribute("to", later)
                .addAttribute("diff", earlier == later ? null : TextDiff.between(text(versions, earlier), text(versions, later)))
                .addAttribute("retired", versions.getFirst().retired()).addAttribute("folder", rulesets.file(path).map(RuleFile::folder).orElse(null));
        return "ruleset/versions";
    }

    /** Of a file that was taken away: nothing. */
    private static String text(List<RuleVersion> versions, int number) {
        return versions.stream().filter(version -> version.number() == number).findFirst().map(version -> Objects.requireNonNullElse(version.source(), ""))
                .orElseThrow(() -> Problem.notFound("There is no version %d.".formatted(number)));
    }

    @PostMapping("/rollback")
    String rollBack(@PathVariable String group, @PathVariable String name, @RequestParam int version, @RequestParam(defaultValue = "") String note, Principal who,
            RedirectAttributes after) {
        var file = rulesets.rollBack(group + "/" + name, version, who.getName(), note);
        after.addFlashAttribute("done", "What version %d said is in force again, as version %d.".formatted(version, file.version() == null ? 0 : file.version().number()));
        return "redirect:/rules/%s/%s/versions".formatted(group, name);
    }

    /** The newest, or this version. */
    @GetMapping("/download")
    ResponseEntity<byte[]> download(@PathVariable String group, @PathVariable String name, @RequestParam(required = false) @Nullable Integer version) {
        String path = group + "/" + name;
        int number = version != null ? version : rulesets.versions(path).stream().filter(one -> !one.retired()).findFirst().map(RuleVersion::number)
                .orElseThrow(() -> Problem.notFound("There is no good version of '%s'.".formatted(path)));
        byte[] bytes = RulePath.isTable(path) ? rulesets.workbook(path, number)
                : Objects.requireNonNullElse(rulesets.version(path, number).source(), "").getBytes(StandardCharsets.UTF_8);
        return ResponseEntity.ok().contentType(RulePath.isTable(path) ? MediaType.parseMediaType(RuleApi.WORKBOOK) : MediaType.TEXT_PLAIN)
                .header("Content-Disposition", "attachment; filename=\"%s\"".formatted(RulePath.require(path).substring(group.length() + 1))).body(bytes);
    }
}
