package dev.drover.delivery.bounce;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Lines of {@code Name: value}, unfolded: a block of a delivery status, a feedback report, the headers of a message. */
record Fields(List<Field> all) {

    private static final Pattern LINE = Pattern.compile("([A-Za-z][A-Za-z0-9-]{0,60})[ \\t]{0,5}:(.{0,4000}).*");
    private static final int MOST = 20_000;

    /** @param name in small letters */
    record Field(String name, String value) {}

    /** The fields of a text, a list for each block; blank lines part them. Other lines end a field and are left out. */
    static List<Fields> blocks(String text) {
        var blocks = new ArrayList<Fields>();
        var block = new ArrayList<Field>();
        int count = 0;
        for (String line : text.split("\n")) {
            if (line.isBlank()) {
                if (!block.isEmpty()) {
                    blocks.add(new Fields(List.copyOf(block)));
                    block.clear();
                }
                continue;
            }
            boolean more = (line.charAt(0) == ' ' || line.charAt(0) == '\t') && !block.isEmpty();
            var match = LINE.matcher(line.strip());
            if (more) {
                var last = block.removeLast();
                block.add(new Field(last.name(), Classifier.cut(last.value() + " " + line.strip(), 8_000)));
            } else if (match.matches() && ++count <= MOST) {
                block.add(new Field(match.group(1).toLowerCase(Locale.ROOT), match.group(2).strip()));
            }
        }
        if (!block.isEmpty()) {
            blocks.add(new Fields(List.copyOf(block)));
        }
        return blocks;
    }

    /** The headers of a message: its first block. */
    static Fields headers(String message) {
        var blocks = blocks(message);
        return blocks.isEmpty() ? new Fields(List.of()) : blocks.getFirst();
    }

    Optional<String> first(String name) {
        return all.stream().filter(field -> field.name().equals(name)).map(Field::value).filter(value -> !value.isEmpty()).findFirst();
    }

    List<String> every(String name) {
        return all.stream().filter(field -> field.name().equals(name)).map(Field::value).toList();
    }
}
