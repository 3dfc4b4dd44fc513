package dev.drover.ruleset;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.DataFormatter;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.drools.decisiontable.InputType;
import org.drools.decisiontable.SpreadsheetCompiler;

/** A spreadsheet whose rows are rules ({@code .drl.xlsx}). The rules made from it are text like any other, and checked and compiled as such. */
final class DecisionTable {

    /** What the maker of rules writes above each. */
    private static final Pattern ORIGIN = Pattern.compile("^\\s*// rule values at [A-Z]+(\\d+)");
    private static final String FORMULA = "Row %d, column %s: a formula. Write the value itself: rules are to be read as they stand.";

    private DecisionTable() {}

    static RuleReading read(byte[] bytes) {
        String refusal = WorkbookGuard.refusal(bytes);
        if (refusal != null) {
            return RuleReading.refused("", refusal);
        }
        try (var workbook = new XSSFWorkbook(new ByteArrayInputStream(bytes))) {
            var sheet = workbook.getSheetAt(0);
            var problems = new ArrayList<>(formulas(sheet));
            problems.addAll(SheetLayout.problems(rows(sheet)));
            if (!problems.isEmpty()) {
                return new RuleReading(new RuleContent("", bytes), problems);
            }
            String rules = new SpreadsheetCompiler().compile(new ByteArrayInputStream(bytes), InputType.XLS);
            return new RuleReading(new RuleContent(RuleContent.text(rules).source(), bytes), List.of());
        } catch (IOException | RuntimeException broken) {
            return RuleReading.refused("", "This can't be read as a decision table: " + broken.getMessage());
        }
    }

    /** What stands in the cells, row by row from the first one, for showing. */
    static List<List<String>> rows(byte[] bytes) {
        try (var workbook = new XSSFWorkbook(new ByteArrayInputStream(bytes))) {
            return rows(workbook.getSheetAt(0));
        } catch (IOException | RuntimeException broken) {
            return List.of();
        }
    }

    /** Where something is wrong in rules made from a sheet: the row they were made from. */
    static List<RuleProblem> inSheet(String source, List<RuleProblem> problems) {
        var lines = source.split("\n", -1);
        return problems.stream().map(problem -> {
            for (int line = Math.min(problem.line(), lines.length); line > 0; line--) {
                var origin = ORIGIN.matcher(lines[line - 1]);
                if (origin.find()) {
                    int row = Integer.parseInt(origin.group(1));
                    return new RuleProblem(row, 1, problem.severity(), "Row %d: %s".formatted(row, problem.message()));
                }
            }
            return new RuleProblem(1, 1, problem.severity(), problem.message());
        }).distinct().toList();
    }

    private static List<List<String>> rows(XSSFSheet sheet) {
        var formatter = new DataFormatter();
        var rows = new ArrayList<List<String>>();
        for (int number = 0; number <= Math.min(sheet.getLastRowNum(), 2_000); number++) {
            var cells = new ArrayList<String>();
            Row row = sheet.getRow(number);
            for (int column = 0; row != null && column < Math.min(row.getLastCellNum(), 100); column++) {
                cells.add(formatter.formatCellValue(row.getCell(column)).strip());
            }
            rows.add(cells);
        }
        return rows;
    }

    private static List<RuleProblem> formulas(XSSFSheet sheet) {
        var problems = new ArrayList<RuleProblem>();
        for (Row row : sheet) {
            for (Cell cell : row) {
                if (cell.getCellType() == CellType.FORMULA) {
                    problems.add(RuleProblem.error(row.getRowNum() + 1, cell.getColumnIndex() + 1,
                            FORMULA.formatted(row.getRowNum() + 1, SheetLayout.letters(cell.getColumnIndex()))));
                }
            }
        }
        return problems;
    }
}
