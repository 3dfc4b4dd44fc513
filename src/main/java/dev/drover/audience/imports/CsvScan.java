package dev.drover.audience.imports;

import de.siegmar.fastcsv.reader.CsvParseException;
import dev.drover.kernel.Problem;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** Looks through a whole file once and finds out how it is written, before any of it is taken. */
final class CsvScan {

    private static final Charset WINDOWS = Charset.forName("windows-1252");
    /** Unpacked; above it somebody is packing zeros. */
    private static final long MOST_CHARACTERS = 4L << 30;
    private static final int SAMPLE = 1_000;
    private static final int SHOWN = 10;
    private static final Pattern LINE = Pattern.compile("line (\\d+)");

    /** Opens the file anew for each pass. */
    interface Source {
        InputStream open() throws IOException;
    }

    private record Text(Charset charset, long lines, @Nullable String note) {}

    private CsvScan() {}

    /** @throws Problem rejected when it is no CSV file with a header */
    static CsvShape of(Source source) throws IOException {
        try {
            refuseOtherFormats(source);
            var text = text(source);
            String separator = separator(source, text.charset());
            var rows = sample(source, text.charset(), separator);
            if (rows.isEmpty()) {
                throw Problem.invalid("file", "The file is empty.");
            }
            var header = rows.removeFirst().stream().map(String::strip).toList();
            return new CsvShape(text.charset().name(), separator, header, text.lines(), Dates.dayFirst(rows), text.note(),
                    rows.subList(0, Math.min(SHOWN, rows.size())).stream().map(row -> row.stream().map(CsvScan::shortened).toList()).toList());
        } catch (ZipException | EOFException e) {
            throw Problem.invalid("file", "The file's compression is damaged or cut off: it can't be unpacked to its end.");
        } catch (CsvParseException e) {
            throw Problem.invalid("file", words(e));
        }
    }

    private static String words(CsvParseException e) {
        var line = LINE.matcher(String.valueOf(e.getMessage()));
        return line.find() ? "The row in line %s can't be read: a cell is longer than 1,000,000 characters, or a quotation mark isn't closed.".formatted(line.group(1))
                : "This isn't a CSV file that can be read: " + e.getMessage();
    }

    private static void refuseOtherFormats(Source source) throws IOException {
        try (var file = CsvShape.plain(source.open())) {
            byte[] begin = file.readNBytes(4_096);
            if (begin.length > 3 && begin[0] == 'P' && begin[1] == 'K') {
                throw Problem.invalid("file", "This is a zip or a spreadsheet. Save it as CSV, packed with gzip if you like.");
            }
            boolean utf16 = begin.length > 1 && (begin[0] == (byte) 0xFF && begin[1] == (byte) 0xFE || begin[0] == (byte) 0xFE && begin[1] == (byte) 0xFF);
            for (byte one : begin) {
                if (one == 0 && !utf16) {
                    throw Problem.invalid("file", "This is no text file: it holds NUL bytes.");
                }
            }
        }
    }

    private static Text text(Source source) throws IOException {
        Charset charset;
        try (var file = CsvShape.plain(source.open())) {
            byte[] begin = file.readNBytes(2);
            charset = begin.length == 2 && (begin[0] == (byte) 0xFF && begin[1] == (byte) 0xFE || begin[0] == (byte) 0xFE && begin[1] == (byte) 0xFF)
                    ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8;
        }
        try {
            return new Text(charset, lines(source, charset), null);
        } catch (CharacterCodingException e) {
            return new Text(WINDOWS, lines(source, WINDOWS), "The file isn't UTF-8; it was read as Windows-1252. Check that names with accents look right.");
        }
    }

    private static long lines(Source source, Charset charset) throws IOException {
        var decoder = charset.newDecoder();
        decoder = charset.equals(WINDOWS) ? decoder.onMalformedInput(CodingErrorAction.REPLACE).onUnmappableCharacter(CodingErrorAction.REPLACE)
                : decoder.onMalformedInput(CodingErrorAction.REPORT);
        long lines = 0;
        long all = 0;
        char last = '\n';
        try (var text = new InputStreamReader(CsvShape.plain(source.open()), decoder)) {
            char[] buffer = new char[1 << 16];
            for (int read = text.read(buffer); read >= 0; read = text.read(buffer)) {
                all += read;
                if (all > MOST_CHARACTERS) {
                    throw Problem.invalid("file", "Unpacked, the file is larger than 4 GB. Split it.");
                }
                for (int n = 0; n < read; n++) {
                    if (buffer[n] == '\n') {
                        lines++;
                    }
                }
                last = read > 0 ? buffer[read - 1] : last;
            }
        }
        return last == '\n' ? lines : lines + 1;
    }

    /** Whichever separates most in the first line. */
    private static String separator(Source source, Charset charset) throws IOException {
        try (var text = new InputStreamReader(CsvShape.plain(source.open()), charset)) {
            char[] begin = new char[20_000];
            int read = Math.max(0, text.read(begin));
            String line = new String(begin, 0, read).lines().findFirst().orElse("");
            String best = ",";
            for (String candidate : List.of(";", "\t", "|")) {
                if (line.split(Pattern.quote(candidate), -1).length > line.split(Pattern.quote(best), -1).length) {
                    best = candidate;
                }
            }
            return best;
        }
    }

    /** All of it is read, so that a row nobody can read is told before the first is taken. */
    private static List<List<String>> sample(Source source, Charset charset, String separator) throws IOException {
        var rows = new ArrayList<List<String>>();
        try (var reader = CsvShape.records(new InputStreamReader(CsvShape.plain(source.open()), charset), separator)) {
            for (var record : reader) {
                if (rows.size() <= SAMPLE) {
                    rows.add(record.getFields());
                }
            }
        }
        return rows;
    }

    private static String shortened(String cell) {
        return cell.length() > 100 ? cell.substring(0, 100) + "…" : cell;
    }
}
