package dev.drover.ruleset;

import dev.drover.kernel.Problem;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Decision tables as pages: their cells, and a new version by upload. */
@Controller
@RequestMapping("/rules")
class RuleTables {

    /** @param wrong what is wrong in this very cell; empty: nothing @param width columns it may take */
    record Cell(String text, String wrong, int width) {}

    record Row(int number, List<Cell> cells) {}

    private final Rulesets rulesets;

    RuleTables(Rulesets rulesets) {
        this.rulesets = rulesets;
    }

    @PostMapping("/table")
    String create(@RequestParam String group, @RequestParam MultipartFile workbook, Principal who, Model model, HttpServletResponse response,
            RedirectAttributes after) throws IOException {
        String name = workbook.getOriginalFilename() == null ? "" : workbook.getOriginalFilename().replaceFirst("^.*[/\\\\]", "");
        String path = group + "/" + (name.endsWith(".drl.xlsx") ? name : name.replaceFirst("\\.xlsx$", ".drl.xlsx"));
        return publish(path, workbook, "", rulesets.file(path).isPresent() ? -1 : 0, who, model, response, after);
    }

    @PostMapping("/{group}/{name}/table")
    String upload(@PathVariable String group, @PathVariable String name, @RequestParam MultipartFile workbook, @RequestParam(defaultValue = "") String note,
            @RequestParam int version, Principal who, Model model, HttpServletResponse response, RedirectAttributes after) throws IOException {
        return publish(group + "/" + name, workbook, note, version, who, model, response, after);
    }

    private String publish(String path, MultipartFile workbook, String note, int version, Principal who, Model model, HttpServletResponse response,
            RedirectAttributes after) throws IOException {
        if (version < 0) {
            throw Problem.conflict("There is a table '%s' already: upload the new version on its page.".formatted(path));
        }
        try {
            var file = rulesets.publishTable(path, workbook.getBytes(), new RuleEdit(who.getName(), "ui", note), version);
            after.addFlashAttribute("done", "Version %d is in force.".formatted(file.version() == null ? 1 : file.version().number()));
            return "redirect:/rules/" + path;
        } catch (RulesRefused refused) {
            response.setStatus(422);
            model.addAttribute("refused", "Not published: this workbook has mistakes. What was in force stays so.");
            return show(path, rulesets.file(path).orElse(null), DecisionTable.rows(workbook.getBytes()), refused.problems(), model);
        }
    }

    static String show(Rulesets rulesets, RuleFile file, List<RuleProblem> problems, Model model) {
        return show(file.path(), file, rulesets.table(file), problems.isEmpty() ? file.problems() : problems, model);
    }

    private static String show(String path, @Nullable RuleFile file, List<List<String>> cells, List<RuleProblem> problems, Model model) {
        int width = cells.stream().mapToInt(List::size).max().orElse(0);
        var rows = new ArrayList<Row>();
        for (int number = 1; number <= cells.size(); number++) {
            int row = number;
            if (cells.get(row - 1).stream().anyMatch(text -> !text.isEmpty()) || problems.stream().anyMatch(problem -> problem.line() == row)) {
                rows.add(new Row(row, cells(cells.get(row - 1), row, width, problems)));
            }
        }
        model.addAttribute("path", path).addAttribute("file", file).addAttribute("rows", rows).addAttribute("problems", problems)
                .addAttribute("columns", IntStream.range(0, width).mapToObj(SheetLayout::letters).toList());
        return "ruleset/table";
    }

    /** What stands alone in its row may take the empty cells behind it, as in a spreadsheet program. */
    private static List<Cell> cells(List<String> texts, int number, int width, List<RuleProblem> problems) {
        boolean alone = texts.stream().filter(text -> !text.isEmpty()).count() == 1;
        var cells = new ArrayList<Cell>();
        for (int column = 0; column < width; column++) {
            int place = column + 1;
            String text = column < texts.size() ? texts.get(column) : "";
            String wrong = problems.stream().filter(problem -> problem.line() == number && problem.column() == place).map(RuleProblem::message).findFirst().orElse("");
            boolean rest = alone && !text.isEmpty();
            cells.add(new Cell(text, wrong, rest ? width - column : 1));
            if (rest) {
                break;
            }
        }
        return cells;
    }
}
