package dev.drover.audience.imports;

import dev.drover.kernel.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Which column fills which field, by the column's name. */
record Mapping(Map<String, String> columns) {

    /** What the header suggests: a column named like the field or by one of its usual other names, each column once. */
    static Mapping guess(ImportKind kind, List<String> header) {
        var columns = new LinkedHashMap<String, String>();
        for (boolean exact : new boolean[] {true, false}) {
            for (var field : kind.fields()) {
                header.stream().filter(column -> !columns.containsValue(column))
                        .filter(column -> exact ? plain(column).equals(plain(field.name())) : field.alsoCalled().contains(plain(column)))
                        .findFirst().ifPresent(column -> columns.putIfAbsent(field.name(), column));
            }
        }
        return new Mapping(columns);
    }

    /**
     * The guess with what somebody said over it; an empty column takes a field out.
     *
     * @throws Problem rejected when a field or a column isn't there
     */
    Mapping with(ImportKind kind, List<String> header, Map<String, String> said) {
        var merged = new LinkedHashMap<>(columns);
        var errors = new ArrayList<Problem.FieldError>();
        said.forEach((key, value) -> {
            // Both ways round are understood: field to column, and column to field.
            boolean turned = !kind.takes(key) && kind.takes(value) && header.contains(key);
            String field = turned ? value : key;
            String column = turned ? key : value.strip();
            if (!kind.takes(field)) {
                errors.add(new Problem.FieldError("mapping." + field, "There is no field '%s'. Fields are %s."
                        .formatted(shown(field), String.join(", ", kind.fields().stream().map(ImportKind.Field::name).toList()))));
            } else if (column.isEmpty()) {
                merged.remove(field);
            } else if (!header.contains(column)) {
                errors.add(new Problem.FieldError("mapping." + field, "The file has no column '%s'.".formatted(shown(column))));
            } else {
                merged.put(field, column);
            }
        });
        if (!errors.isEmpty()) {
            throw Problem.invalid(errors);
        }
        return new Mapping(merged);
    }

    /** @throws Problem rejected when a field that a row can't do without has no column: often the header line is missing */
    void requireComplete(ImportKind kind, List<String> header) {
        var missing = kind.fields().stream().filter(ImportKind.Field::required).map(ImportKind.Field::name).filter(field -> !columns.containsKey(field)).toList();
        if (!missing.isEmpty()) {
            String found = String.join(", ", header.stream().limit(12).map(Mapping::shown).toList());
            throw Problem.invalid(missing.stream().map(field -> new Problem.FieldError("mapping." + field,
                    "No column for %s. The file's first line reads: %s. If that is data, add a header line; else say in the mapping which column it is."
                            .formatted(field, found))).toList());
        }
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }

    private static String shown(String text) {
        return text.length() > 60 ? text.substring(0, 60) + "…" : text;
    }
}
