package dev.drover.audience.imports;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A row of the file, read by the names of fields. What can't be read is noted, so that a row is refused with all its reasons at once. */
final class Row {

    private static final int LONGEST_NUMBER = 30;

    private final long number;
    private final long line;
    private final List<String> cells;
    private final Map<String, Integer> columns;
    private final @Nullable Boolean dayFirst;
    private final List<String> problems = new ArrayList<>();

    /** @param number counts rows below the header, first is 1; {@code line} counts the file's lines */
    Row(long number, long line, List<String> cells, Map<String, Integer> columns, @Nullable Boolean dayFirst) {
        this.number = number;
        this.line = line;
        this.cells = cells;
        this.columns = columns;
        this.dayFirst = dayFirst;
    }

    long number() {
        return number;
    }

    long line() {
        return line;
    }

    List<String> cells() {
        return cells;
    }

    List<String> problems() {
        return problems;
    }

    void refuse(String problem) {
        problems.add(problem);
    }

    /** The cell without the blanks around it; {@code null}: empty, or no such column. */
    @Nullable String text(String field) {
        Integer column = columns.get(field);
        if (column == null || column >= cells.size()) {
            return null;
        }
        String text = cells.get(column).strip();
        return text.isEmpty() ? null : text;
    }

    /** Fields of any name below a prefix, such as {@code attributes.}, that aren't empty. */
    Map<String, Object> below(String prefix) {
        var found = new LinkedHashMap<String, Object>();
        columns.keySet().stream().filter(field -> field.startsWith(prefix)).forEach(field -> {
            String text = text(field);
            if (text != null) {
                found.put(field.substring(prefix.length()), text);
            }
        });
        return found;
    }

    /** A number in either way of writing: 1234.5, 1,234.50, 1.234,50, 12,50. */
    @Nullable BigDecimal number(String field) {
        String text = text(field);
        if (text == null) {
            return null;
        }
        try {
            if (text.length() > LONGEST_NUMBER || text.contains("e") || text.contains("E")) {
                throw new NumberFormatException();
            }
            return new BigDecimal(pointed(text));
        } catch (NumberFormatException e) {
            refuse("%s '%s' is no number.".formatted(field, shown(text)));
            return null;
        }
    }

    private static String pointed(String text) {
        int comma = text.lastIndexOf(',');
        int point = text.lastIndexOf('.');
        if (comma < 0) {
            return text;
        }
        if (point > comma || point < 0 && text.matches("-?\\d{1,3}(,\\d{3})+")) {
            return text.replace(",", "");
        }
        return text.replace(".", "").replace(',', '.');
    }

    @Nullable Instant instant(String field) {
        String text = text(field);
        if (text == null) {
            return null;
        }
        try {
            return Dates.instant(text, dayFirst);
        } catch (DateTimeException e) {
            refuse("%s '%s' is no date that can be read; write it like 2010-12-31 or 2010-12-31T18:30.".formatted(field, shown(text)));
            return null;
        }
    }

    @Nullable LocalDate day(String field) {
        Instant instant = instant(field);
        return instant == null ? null : instant.atZone(ZoneOffset.UTC).toLocalDate();
    }

    @Nullable Boolean yes(String field) {
        String text = text(field);
        if (text == null) {
            return null;
        }
        return switch (text.toLowerCase(java.util.Locale.ROOT)) {
            case "true", "yes", "y", "1", "on" -> true;
            case "false", "no", "n", "0", "off" -> false;
            default -> {
                refuse("%s '%s' is neither yes nor no.".formatted(field, shown(text)));
                yield null;
            }
        };
    }

    static String shown(String text) {
        return text.length() > 60 ? text.substring(0, 60) + "…" : text;
    }
}
