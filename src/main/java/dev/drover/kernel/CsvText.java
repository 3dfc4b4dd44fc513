package dev.drover.kernel;

/** Cells of files that people open in a spreadsheet. */
public final class CsvText {

    private static final String FORMULA = "=+-@\t\r";

    private CsvText() {}

    /** A cell that a spreadsheet would take for a formula gets an apostrophe in front; a plain negative number is none. */
    public static String cell(String text) {
        String safe = !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0 && !text.matches("-\\d+([.,]\\d+)?") ? "'" + text : text;
        return safe.matches("(?s).*[\",;\\r\\n\\t].*") ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
    }

    /** What such a cell said, when the file comes back. */
    public static String said(String cell) {
        return cell.length() > 1 && cell.charAt(0) == '\'' && FORMULA.indexOf(cell.charAt(1)) >= 0 ? cell.substring(1) : cell;
    }
}
