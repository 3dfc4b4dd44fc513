package dev.drover.ruleset;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;

/** The shipped table, and what people do to tables. Rows and columns are as a spreadsheet program shows them. */
class DecisionTableTests {

    static final String PATH = "eligibility/frequency-caps.drl.xlsx";
    static final Path SHIPPED = Path.of("rules").resolve(PATH);

    @Test
    void rowsBecomeRules() throws IOException {
        var reading = DecisionTable.read(Files.readAllBytes(SHIPPED));
        assertThat(reading.problems()).isEmpty();
        assertThat(reading.content().source()).contains("rule \"weekly-cap\"", "likeThisWithin(\"any\"");
        assertThat(Publication.problems(PATH, reading.content())).isEmpty();
        assertThat(DecisionTable.rows(Files.readAllBytes(SHIPPED))).anySatisfy(row -> assertThat(row).containsSequence("weekly-cap", "any", "any", "7", "5"));
    }

    @Test
    void aMistakeInACellIsToldByItsRow() throws IOException {
        assertThat(problems(sheet -> sheet.getRow(11).getCell(4).setCellValue("soon"))).singleElement().satisfies(problem -> {
            assertThat(problem.line()).isEqualTo(12);
            assertThat(problem.message()).startsWith("Row 12: ").contains("soon");
        });
        assertThat(problems(sheet -> sheet.getRow(12).removeCell(sheet.getRow(12).getCell(3)))).allSatisfy(problem ->
                assertThat(problem.message()).startsWith("Row 13"));
    }

    @Test
    void aRowCanSayNothingThatARuleFileCouldNot() throws IOException {
        // What stands in a cell of words stays words, whatever quotation marks are in it.
        var quoted = RuleReading.of(PATH, edited(sheet -> sheet.getRow(10).getCell(6).setCellValue("x\"); System.exit(1); delivery.skip($message, \"y")));
        assertThat(Publication.problems(PATH, quoted.content())).isEmpty();
        assertThat(quoted.content().source()).contains("\"x\\\"); System.exit(1); delivery.skip($message, \\\"y\"");
        assertThat(problems(sheet -> sheet.getRow(8).getCell(6).setCellValue("System.exit(1); delivery.skip($message, \"$param\");"))).isNotEmpty();
        assertThat(problems(sheet -> sheet.getRow(10).getCell(5).setCellValue("5 || eval(true)"))).isNotEmpty();
        assertThat(problems(sheet -> {
            sheet.getRow(3).getCell(1).setCellValue("Functions");
            sheet.getRow(3).getCell(2).setCellValue("function int evil() { return 1; }");
        })).isNotEmpty();
    }

    @Test
    void aMissingColumnIsNamed() throws IOException {
        assertThat(problems(sheet -> sheet.getRow(6).getCell(6).setCellValue(""))).extracting(RuleProblem::message)
                .contains("Row 7, column B: there is no ACTION column: what shall the rules say?");
        assertThat(problems(sheet -> sheet.getRow(6).getCell(4).setCellValue(""))).extracting(RuleProblem::message)
                .containsExactly("Row 7, column E: this cell must say CONDITION or ACTION.");
        assertThat(problems(sheet -> sheet.getRow(6).getCell(4).setCellValue("CONDITON"))).extracting(RuleProblem::message)
                .containsExactly("Row 7, column E: 'CONDITON' is no kind of column: use NAME, DESCRIPTION, PRIORITY, CONDITION or ACTION.");
        assertThat(problems(sheet -> sheet.getRow(8).getCell(4).setCellValue(""))).extracting(RuleProblem::message)
                .containsExactly("Row 9, column E: the code of this condition is missing.");
    }

    @Test
    void aSheetThatIsNoTableIsToldSo() throws IOException {
        assertThat(problems(sheet -> sheet.getRow(1).getCell(1).setCellValue("Rules"))).extracting(RuleProblem::message).first().asString().contains("says RuleSet");
        assertThat(problems(sheet -> sheet.getRow(5).getCell(1).setCellValue("Table"))).extracting(RuleProblem::message).first().asString().contains("says RuleTable");
        assertThat(problems(sheet -> {
            for (int row = 10; row <= 12; row++) {
                sheet.removeRow(sheet.getRow(row));
            }
        })).extracting(RuleProblem::message).containsExactly("Row 11: there is no row in this table.");
        assertThat(problems(sheet -> {
            for (int row = 0; row <= 12; row++) {
                if (sheet.getRow(row) != null) {
                    sheet.removeRow(sheet.getRow(row));
                }
            }
        })).isNotEmpty();
    }

    @Test
    void formulasAreRefused() throws IOException {
        assertThat(problems(sheet -> sheet.getRow(10).getCell(5).setCellFormula("2+3"))).extracting(RuleProblem::message)
                .containsExactly("Row 11, column F: a formula. Write the value itself: rules are to be read as they stand.");
    }

    @Test
    void whatIsNoWorkbookIsRefusedBeforeItIsOpened() throws IOException {
        byte[] shipped = Files.readAllBytes(SHIPPED);
        assertThat(refusal("name,cap\nx,5".getBytes(StandardCharsets.UTF_8))).contains("no workbook");
        assertThat(refusal(new byte[0])).contains("no workbook");
        assertThat(refusal(Arrays.copyOf(shipped, shipped.length / 2))).isNotEmpty();
        assertThat(refusal(with("xl/externalLinks/externalLink1.xml", 10))).contains("links to other files");
        assertThat(refusal(with("xl/vbaProject.bin", 10))).contains("macros");
        assertThat(refusal(with("xl/media/bomb.xml", 9 << 20))).contains("larger than 8 MB once it is unpacked");
        assertThat(refusal(new byte[RuleReading.MOST_BYTES + 1])).contains("larger than 2 MB");
    }

    private static String refusal(byte[] bytes) {
        return RuleReading.of(PATH, bytes).problems().getFirst().message();
    }

    private static List<RuleProblem> problems(Consumer<XSSFSheet> edit) throws IOException {
        var reading = RuleReading.of(PATH, edited(edit));
        return reading.problems().isEmpty() ? Publication.problems(PATH, reading.content()) : reading.problems();
    }

    static byte[] edited(Consumer<XSSFSheet> edit) throws IOException {
        try (var workbook = new XSSFWorkbook(new ByteArrayInputStream(Files.readAllBytes(SHIPPED))); var out = new ByteArrayOutputStream()) {
            edit.accept(workbook.getSheetAt(0));
            workbook.write(out);
            return out.toByteArray();
        }
    }

    /** The shipped table with one part more. */
    private static byte[] with(String part, int zeros) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var from = new ZipInputStream(Files.newInputStream(SHIPPED)); var to = new ZipOutputStream(out)) {
            for (var entry = from.getNextEntry(); entry != null; entry = from.getNextEntry()) {
                to.putNextEntry(new ZipEntry(entry.getName()));
                from.transferTo(to);
            }
            to.putNextEntry(new ZipEntry(part));
            to.write(new byte[zeros]);
        }
        return out.toByteArray();
    }
}
