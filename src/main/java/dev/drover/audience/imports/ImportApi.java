package dev.drover.audience.imports;

import dev.drover.kernel.Json;
import dev.drover.kernel.Page;
import dev.drover.kernel.Problem;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

@RestController
@RequestMapping("/api/v1/imports")
class ImportApi {

    private final Imports imports;
    private final ImportJobs jobs;
    private final Rejects rejects;

    ImportApi(Imports imports, ImportJobs jobs, Rejects rejects) {
        this.imports = imports;
        this.jobs = jobs;
        this.rejects = rejects;
    }

    /**
     * @param mapping JSON, field to column, for what the header's names don't tell
     * @param dates   {@code day-first} or {@code month-first}, for dates like 5/12/2010
     */
    @PostMapping
    @ResponseStatus(HttpStatus.ACCEPTED)
    Map<String, Object> take(@RequestParam(required = false) @Nullable MultipartFile file, @RequestParam(required = false) @Nullable String kind,
            @RequestParam(required = false) @Nullable String mapping, @RequestParam(required = false) @Nullable String dates) throws IOException {
        if (file == null || file.isEmpty()) {
            throw Problem.invalid("file", "There is no file, or it is empty. Send it as the part 'file' of a multipart form.");
        }
        if (kind == null) {
            throw Problem.invalid("kind", "kind is missing: transactions, customers, products or events.");
        }
        return Map.of("id", imports.take(ImportKind.of(kind), file, columns(mapping), dayFirst(dates)));
    }

    @GetMapping
    Page<Map<String, Object>> list(@RequestParam(required = false) @Nullable String after, @RequestParam(required = false) @Nullable Integer limit) {
        var page = jobs.list(after, Page.limit(limit, 100));
        return new Page<>(page.items().stream().map(jobs::answer).toList(), page.next());
    }

    @GetMapping("/{id}")
    Map<String, Object> get(@PathVariable long id) {
        return jobs.answer(jobs.require(id));
    }

    @GetMapping("/{id}/rejects")
    void rejects(@PathVariable long id, HttpServletResponse response) throws IOException {
        var job = jobs.require(id);
        response.setContentType("text/csv;charset=UTF-8");
        response.setHeader("Content-Disposition", "attachment; filename=\"import-%d-rejects.csv\"".formatted(id));
        rejects.write(job, response.getWriter());
    }

    private static Map<String, String> columns(@Nullable String mapping) {
        var columns = new LinkedHashMap<String, String>();
        if (mapping != null && !mapping.isBlank()) {
            fields(mapping).forEach((field, column) -> columns.put(String.valueOf(field), column == null ? "" : column.toString()));
        }
        return columns;
    }

    private static Map<?, ?> fields(String mapping) {
        try {
            Map<?, ?> given = Json.read(mapping, Map.class);
            if (given != null) {
                return given;
            }
        } catch (Problem unreadable) {
            throw Problem.invalid("mapping", "mapping is a JSON object, field to column. " + unreadable.getMessage());
        }
        throw Problem.invalid("mapping", "mapping is a JSON object, field to column.");
    }

    static @Nullable Boolean dayFirst(@Nullable String dates) {
        return switch (dates == null ? "" : dates) {
            case "" -> null;
            case "day-first" -> true;
            case "month-first" -> false;
            default -> throw Problem.invalid("dates", "dates is day-first or month-first.");
        };
    }
}
