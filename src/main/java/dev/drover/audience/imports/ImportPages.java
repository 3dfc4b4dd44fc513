package dev.drover.audience.imports;

import dev.drover.audience.Shown;
import dev.drover.kernel.Problem;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;

/** Upload, look at what was understood, correct it, watch it run. */
@Controller
@RequestMapping("/imports")
class ImportPages {

    private static final int SHOWN = 50;
    private static final int REJECTS = 20;

    /** An import in words. */
    record Listed(long id, String fileName, String kind, String status, int percent, String rows, String accepted, String rejected, boolean anyRejected,
            boolean open, @Nullable String note, @Nullable String reason, Shown.Time created, @Nullable String took) {}

    private final Imports imports;
    private final ImportJobs jobs;
    private final Rejects rejects;

    ImportPages(Imports imports, ImportJobs jobs, Rejects rejects) {
        this.imports = imports;
        this.jobs = jobs;
        this.rejects = rejects;
    }

    @GetMapping
    String list(@RequestParam(required = false) @Nullable String after, Model model) {
        var page = jobs.list(after, SHOWN);
        model.addAttribute("imports", page.items().stream().map(ImportPages::listed).toList());
        model.addAttribute("next", page.next());
        model.addAttribute("kinds", ImportKind.values());
        return "audience/imports";
    }

    @GetMapping("/new")
    String fresh(Model model) {
        model.addAttribute("kinds", ImportKind.values());
        return "audience/import-new";
    }

    /** Keeps the file and shows what was understood of it. */
    @PostMapping
    Object upload(@RequestParam(required = false) @Nullable MultipartFile file, @RequestParam String kind, Model model) throws IOException {
        try {
            if (file == null || file.isEmpty()) {
                throw Problem.invalid("file", "Choose a file first; this one is empty.");
            }
            return "redirect:/imports/" + imports.preview(ImportKind.of(kind), file) + "/columns";
        } catch (Problem wrong) {
            // Said beside the form, where another file can be chosen.
            model.addAttribute("problem", wrong.getMessage());
            model.addAttribute("chosen", kind);
            model.addAttribute("kinds", ImportKind.values());
            return new ModelAndView("audience/import-new", model.asMap(), HttpStatus.UNPROCESSABLE_ENTITY);
        }
    }

    @GetMapping("/{id}/columns")
    String columns(@PathVariable long id, Model model) {
        var job = jobs.require(id);
        if (job.status() != ImportJob.Status.PREVIEW) {
            return "redirect:/imports/" + id;
        }
        addColumns(job, job.mapping().columns(), model);
        return "audience/import-columns";
    }

    @PostMapping("/{id}/start")
    Object start(@PathVariable long id, @RequestParam Map<String, String> form, Model model) {
        var mapping = new LinkedHashMap<String, String>();
        form.forEach((name, value) -> {
            if (name.startsWith("field.")) {
                mapping.put(name.substring("field.".length()), value);
            }
        });
        try {
            imports.start(id, mapping, ImportApi.dayFirst(form.get("dates")));
            return "redirect:/imports/" + id;
        } catch (Problem wrong) {
            addColumns(jobs.require(id), mapping, model);
            model.addAttribute("problems", wrong.errors().stream().map(Problem.FieldError::message).toList());
            return new ModelAndView("audience/import-columns", model.asMap(), HttpStatus.UNPROCESSABLE_ENTITY);
        }
    }

    @PostMapping("/{id}/retry")
    String retry(@PathVariable long id) {
        imports.retry(id);
        return "redirect:/imports/" + id;
    }

    @GetMapping("/{id}")
    String one(@PathVariable long id, Model model) {
        addJob(id, model);
        return "audience/import";
    }

    /** What the page asks for again and again while the import runs. */
    @GetMapping("/{id}/progress")
    String progress(@PathVariable long id, Model model) {
        addJob(id, model);
        return "audience/import-progress :: progress";
    }

    @GetMapping("/{id}/rejects")
    ResponseEntity<org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody> rejects(@PathVariable long id) {
        var job = jobs.require(id);
        return ResponseEntity.ok().header("Content-Type", "text/csv;charset=UTF-8")
                .header("Content-Disposition", "attachment; filename=\"import-%d-rejects.csv\"".formatted(id))
                .body(out -> {
                    var writer = new java.io.PrintWriter(out, false, java.nio.charset.StandardCharsets.UTF_8);
                    rejects.write(job, writer);
                    writer.flush();
                });
    }

    private void addJob(long id, Model model) {
        var job = jobs.require(id);
        model.addAttribute("job", listed(job));
        model.addAttribute("reasons", job.rejected() == 0 ? List.of() : rejects.reasons(id));
        model.addAttribute("rejects", job.rejected() == 0 ? List.of() : rejects.first(id, REJECTS));
    }

    private static void addColumns(ImportJob job, Map<String, String> chosen, Model model) {
        model.addAttribute("job", listed(job));
        model.addAttribute("fields", job.kind().fields());
        model.addAttribute("header", job.shape().header());
        model.addAttribute("first", job.shape().first());
        model.addAttribute("chosen", chosen);
        model.addAttribute("lines", Shown.number(Math.max(0, job.shape().lines() - 1)));
        model.addAttribute("dates", job.shape().dayFirst() == null ? "" : job.shape().dayFirst() ? "day-first" : "month-first");
        model.addAttribute("askForDates", job.shape().first().stream().flatMap(List::stream).anyMatch(Dates::slashed));
    }

    private static Listed listed(ImportJob job) {
        var took = job.finishedAt() == null ? null : Duration.between(job.createdAt(), job.finishedAt());
        return new Listed(job.id(), job.fileName(), Shown.words(job.kind().key()), job.status().key(), job.percent(), Shown.number(job.rows()),
                Shown.number(job.accepted()), Shown.number(job.rejected()), job.rejected() > 0, job.status().open(), job.shape().note(), job.reason(),
                Shown.time(job.createdAt()), took == null || took.isNegative() ? null : took.toSeconds() < 1 ? "less than a second"
                        : took.toSeconds() < 120 ? took.toSeconds() + " s" : took.toMinutes() + " min");
    }
}
