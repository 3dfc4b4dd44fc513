package dev.drover.audience;

import dev.drover.kernel.Json;
import dev.drover.kernel.Problem;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * A batch in newline-delimited JSON, one object a line. The whole of it is read and checked before anything is written, so that a batch that
 * is too large leaves nothing half-done; single bad lines are told by their number and the rest is taken.
 */
final class Ndjson<T> {

    /** @param rejected by line, first is 1 */
    record Answer(int accepted, List<Rejected> rejected) {}

    record Rejected(int line, String message) {}

    record Read<T>(List<Integer> lines, List<T> items, Map<Integer, String> rejected) {}

    private static final int MOST_LINES = 100_000;
    private static final int LONGEST_LINE = 1_000_000;
    private static final long MOST_CHARACTERS = 50_000_000;
    private static final int CHUNK = 1_000;

    private final Class<T> type;
    private final Function<T, List<Problem.FieldError>> problems;

    Ndjson(Class<T> type, Function<T, List<Problem.FieldError>> problems) {
        this.type = type;
        this.problems = problems;
    }

    Read<T> read(InputStream body) throws IOException {
        var read = new Read<T>(new ArrayList<>(), new ArrayList<>(), new TreeMap<>());
        var decoder = StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT);
        try (var reader = new BufferedReader(new InputStreamReader(body, decoder))) {
            var line = new StringBuilder();
            long all = 0;
            for (int number = 1; next(reader, line); number++) {
                if (number > MOST_LINES) {
                    throw Problem.rejected("A batch has at most 100,000 lines; nothing of this one was taken. Send it in parts.");
                }
                all += line.length();
                if (all > MOST_CHARACTERS) {
                    throw Problem.rejected("A batch has at most 50 MB; nothing of this one was taken. Send it in parts, or as an import.");
                }
                if (line.length() > LONGEST_LINE) {
                    read.rejected().put(number, "This line is longer than 1,000,000 characters.");
                } else if (!line.toString().isBlank()) {
                    take(number, line.toString(), read);
                }
            }
        } catch (CharacterCodingException e) {
            throw Problem.rejected("The batch isn't UTF-8; nothing of it was taken.");
        }
        return read;
    }

    private void take(int number, String line, Read<T> read) {
        try {
            T item = Json.read(line, type);
            var errors = item == null ? List.of(new Problem.FieldError("", "This line is null.")) : problems.apply(item);
            if (errors.isEmpty()) {
                read.lines().add(number);
                read.items().add(item);
            } else {
                read.rejected().put(number, message(errors));
            }
        } catch (Problem e) {
            read.rejected().put(number, e.getMessage());
        }
    }

    static String message(List<Problem.FieldError> errors) {
        return String.join(" ", errors.stream().map(Problem.FieldError::message).toList());
    }

    static Answer answer(int accepted, Map<Integer, String> rejected) {
        return new Answer(accepted, rejected.entrySet().stream().map(entry -> new Rejected(entry.getKey(), entry.getValue())).toList());
    }

    /** Parts of a size that one statement takes well. */
    static <I> List<List<I>> chunks(List<I> items) {
        var chunks = new ArrayList<List<I>>();
        for (int from = 0; from < items.size(); from += CHUNK) {
            chunks.add(items.subList(from, Math.min(items.size(), from + CHUNK)));
        }
        return chunks;
    }

    /** Like readLine, but keeps no more of a line than is needed to refuse it. */
    private static boolean next(BufferedReader reader, StringBuilder line) throws IOException {
        line.setLength(0);
        int read = reader.read();
        if (read < 0) {
            return false;
        }
        for (; read >= 0 && read != '\n'; read = reader.read()) {
            if (line.length() <= LONGEST_LINE) {
                line.append((char) read);
            }
        }
        return true;
    }
}
