package dev.drover.delivery.bounce;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What tells a bounce and an automatic reply from other mail ({@code bounce/signs.txt}). Texts are compared in small letters. */
final class Signs {

    static final Signs SHIPPED = read("/bounce/signs.txt");

    /** What mail programs put before the subject of an answer, in some languages. */
    private static final Pattern ANSWER = Pattern.compile("^(?:\\s{0,5}(?:re|aw|sv|vs|antw|odp|res|rv|tr|fwd?|回复|答复|返信|ответ) ?: ?){1,3}");

    private final Map<String, List<String>> sections;

    private Signs(Map<String, List<String>> sections) {
        this.sections = sections;
    }

    private static Signs read(String resource) {
        try (var in = Signs.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is missing");
            }
            var sections = new HashMap<String, List<String>>();
            List<String> section = new ArrayList<>();
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().map(String::strip).toList()) {
                if (line.startsWith("[") && line.endsWith("]") && line.indexOf('|') < 0) {
                    section = sections.computeIfAbsent(line.substring(1, line.length() - 1), name -> new ArrayList<>());
                } else if (!line.isEmpty() && !line.startsWith("#")) {
                    for (String one : line.split("\\|")) {
                        if (!one.isBlank()) {
                            section.add(one.strip());
                        }
                    }
                }
            }
            return new Signs(sections);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param from in small letters */
    boolean system(String from) {
        return any("system", from);
    }

    boolean bounceSubject(String subject) {
        return any("subject", subject);
    }

    boolean bounceWords(String text) {
        return any("words", text);
    }

    /** Whether an automatic reply has such a subject. */
    boolean reply(String subject) {
        String bare = ANSWER.matcher(subject).replaceFirst("").strip();
        return sections.get("reply").stream().anyMatch(bare::startsWith) || any("reply anywhere", bare);
    }

    private boolean any(String section, String text) {
        return sections.get(section).stream().anyMatch(text::contains);
    }
}
