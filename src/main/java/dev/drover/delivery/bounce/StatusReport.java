package dev.drover.delivery.bounce;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The recipients of a delivery status (RFC 3464), also where it stands in the middle of a plain text. */
final class StatusReport {

    /** A recipient's fields. */
    record Entry(String address, String action, String status, String diagnostic) {}

    private StatusReport() {}

    /** @param most recipients that are read */
    static List<Entry> entries(List<String> texts, int most) {
        var entries = new LinkedHashMap<String, Entry>();
        for (String text : texts) {
            for (Fields block : Fields.blocks(text)) {
                for (Fields recipient : recipients(block)) {
                    if (entries.size() >= most) {
                        return List.copyOf(entries.values());
                    }
                    entry(recipient).ifPresent(entry -> entries.putIfAbsent(entry.address().toLowerCase(Locale.ROOT), entry));
                }
            }
        }
        return List.copyOf(entries.values());
    }

    /** Some forget the blank line between two recipients. */
    private static List<Fields> recipients(Fields block) {
        var several = new ArrayList<Fields>();
        var one = new ArrayList<Fields.Field>();
        for (var field : block.all()) {
            if (field.name().equals("final-recipient") && one.stream().anyMatch(before -> before.name().equals("final-recipient"))) {
                several.add(new Fields(List.copyOf(one)));
                one.clear();
            }
            one.add(field);
        }
        several.add(new Fields(List.copyOf(one)));
        return several;
    }

    /** The address as we wrote it comes before the one it was forwarded to. */
    private static Optional<Entry> entry(Fields fields) {
        var address = address(fields, "original-recipient").or(() -> address(fields, "final-recipient")).or(() -> address(fields, "x-actual-recipient"));
        if (fields.first("action").isEmpty() && fields.first("status").isEmpty() && fields.first("diagnostic-code").isEmpty()) {
            return Optional.empty();
        }
        return address.map(one -> new Entry(one, action(fields.first("action").orElse("")), fields.first("status").orElse(""),
                words(fields.first("diagnostic-code").or(() -> fields.first("x-display-diagnostic")).orElse(null))
                        + fields.first("x-powermta-bouncecategory").map(" powermta: "::concat).orElse("")));
    }

    private static Optional<String> address(Fields fields, String name) {
        return fields.first(name).flatMap(Addresses::ofField);
    }

    private static String action(String value) {
        String word = value.toLowerCase(Locale.ROOT).strip();
        int end = word.indexOf(' ');
        return end < 0 ? word : word.substring(0, end);
    }

    /** Without the type in front: {@code smtp; 550 …}. What a program said locally keeps it: {@code x-unix; …} tells that no server spoke. */
    private static String words(@Nullable String diagnostic) {
        if (diagnostic == null) {
            return "";
        }
        int end = diagnostic.indexOf(';');
        String type = end < 0 || end > 40 ? "" : diagnostic.substring(0, end).strip().toLowerCase(Locale.ROOT);
        return type.isEmpty() || type.indexOf(' ') >= 0 || type.equals("x-unix") ? diagnostic : diagnostic.substring(end + 1).strip();
    }
}
