package dev.drover.template;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.drover.kernel.Checks;
import dev.drover.kernel.Page;
import dev.drover.kernel.Problem;
import dev.drover.template.Templates.Template;
import java.security.Principal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Templates for programs. A preview, which may want a customer, is in delivery. */
@RestController
@RequestMapping("/api/v1/templates")
class TemplateApi {

    /** @param key of the copy; {@code null}: the original's with {@code -copy} */
    record Copy(@Nullable String key, @Nullable String name) {}

    /**
     * @param problems what keeps it from being saved
     * @param warnings what could be better
     * @param bytes    of all parts together, in UTF-8, before any data
     */
    record Checked(boolean valid, List<TemplateProblem> problems, List<Finding> warnings, SortedSet<String> mergeTags, int bytes) {

        static Checked of(TemplateChecks.Result result) {
            return new Checked(result.problems().isEmpty(), result.problems(), result.warnings(), result.mergeTags(), result.bytes());
        }
    }

    record Version(int version, String author, Instant at, String note, String origin, boolean active, @Nullable String subject, @Nullable String preheader,
            @Nullable String html, @Nullable String text) {}

    record Return(@Nullable Integer version) {}

    /** @param design only in the answer for one template */
    record View(String key, String name, String channel, String type, String category, @Nullable String subject, @Nullable String preheader, @Nullable String html,
            @Nullable String text, boolean active, boolean system, int version, @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Map<String, Object> design) {

        static View of(Template template, @Nullable Map<String, Object> design) {
            return new View(template.key(), template.name(), template.channel().key(), template.type(), template.category(), template.subject(),
                    template.preheader(), template.html(), template.text(), template.active(), template.system(), template.version(), design);
        }
    }

    private final Templates templates;
    private final TemplateChecks checks;

    TemplateApi(Templates templates, TemplateChecks checks) {
        this.templates = templates;
        this.checks = checks;
    }

    @GetMapping
    Page<View> list(@RequestParam @Nullable String after, @RequestParam @Nullable Integer limit) {
        String from = Page.key(after);
        int most = Page.limit(limit, 100);
        var found = templates.all().stream().sorted(java.util.Comparator.comparing(Template::key))
                .filter(template -> from == null || template.key().compareTo(from) > 0).limit(most + 1L).toList();
        var page = Page.of(found, most, Template::key);
        return new Page<>(page.items().stream().map(template -> View.of(template, null)).toList(), page.next());
    }

    @GetMapping("/{key}")
    View one(@PathVariable String key) {
        return shown(templates.require(key));
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    View create(@RequestBody TemplateInput input, @Nullable Principal who) {
        return shown(templates.create(input.checked(Objects.requireNonNullElse(input.key(), ""), checks), input.design(), edit(who)));
    }

    /** The template as a whole; what isn't said is taken away. */
    @PutMapping("/{key}")
    View change(@PathVariable String key, @RequestBody TemplateInput input, @Nullable Principal who) {
        if (input.key() != null && !input.key().equals(key)) {
            throw Problem.invalid("key", "The key can't be changed: make a copy (POST /api/v1/templates/" + key + "/clone).");
        }
        return shown(templates.change(input.checked(key, checks), input.design(), edit(who), null));
    }

    @DeleteMapping("/{key}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable String key) {
        templates.delete(key);
    }

    @PostMapping("/{key}/clone")
    @ResponseStatus(HttpStatus.CREATED)
    View copy(@PathVariable String key, @RequestBody(required = false) @Nullable Copy wanted, @Nullable Principal who) {
        var original = templates.require(key);
        String other = wanted == null || wanted.key() == null ? key + "-copy" : wanted.key();
        String name = wanted == null || wanted.name() == null ? original.name() + " (copy)" : wanted.name();
        return shown(templates.copy(original, TemplateInput.checkedKey(other), TemplateInput.checkedName(name), edit(who)));
    }

    /** Newest first. */
    @GetMapping("/{key}/versions")
    List<Version> versions(@PathVariable String key) {
        return templates.versions(key).stream().map(one -> {
            var said = one.template();
            return new Version(said.version(), one.edit().author(), one.at(), one.edit().note(), one.edit().origin(), said.active(), said.subject(), said.preheader(),
                    said.html(), said.text());
        }).toList();
    }

    /** What that version said becomes the newest. */
    @PostMapping("/{key}/rollback")
    View rollBack(@PathVariable String key, @RequestBody Return wanted, @Nullable Principal who) {
        new Checks().required("version", wanted.version()).orThrow();
        return shown(templates.rollBack(key, Objects.requireNonNull(wanted.version()), edit(who).author()));
    }

    /** What is wrong with texts that aren't saved yet. */
    @PostMapping("/check")
    Checked check(@RequestBody TemplateInput input) {
        var parts = input.parts();
        if (parts.isEmpty()) {
            throw Problem.invalid("html", "Send what is to be checked: subject, preheader, html or text.");
        }
        return Checked.of(checks.of(parts, input.type()));
    }

    private static TemplateEdit edit(@Nullable Principal who) {
        return new TemplateEdit(who == null ? "api" : who.getName(), "api", "");
    }

    private View shown(Template template) {
        return View.of(template, templates.design(template.key()).orElse(null));
    }
}
