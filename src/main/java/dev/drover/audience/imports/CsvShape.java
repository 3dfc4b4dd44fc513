package dev.drover.audience.imports;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * How a CSV file is written.
 *
 * @param separator one character
 * @param lines     of the file, the header among them
 * @param dayFirst  of dates like 5/12/2010; {@code null}: the file has none, or nobody can tell
 * @param note      what the reader assumed and a person should know
 * @param first     the first rows below the header
 */
record CsvShape(String charset, String separator, List<String> header, long lines, @Nullable Boolean dayFirst, @Nullable String note,
        List<List<String>> first) {

    private static final int LONGEST_CELL = 1_000_000;

    /** A reader of the records, the header first. The caller closes it. */
    CsvReader<CsvRecord> read(InputStream file) throws IOException {
        return records(new InputStreamReader(plain(file), Charset.forName(charset)), separator);
    }

    CsvShape withDayFirst(@Nullable Boolean chosen) {
        return new CsvShape(charset, separator, header, lines, chosen == null ? dayFirst : chosen, note, first);
    }

    static CsvReader<CsvRecord> records(Reader text, String separator) throws IOException {
        skipByteOrderMark(text = new java.io.BufferedReader(text));
        return CsvReader.builder().fieldSeparator(separator).skipEmptyLines(true)
                .extraFieldStrategy(de.siegmar.fastcsv.reader.FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(de.siegmar.fastcsv.reader.FieldMismatchStrategy.IGNORE)
                .allowExtraCharsAfterClosingQuote(true).maxBufferSize(2 * LONGEST_CELL)
                .build(CsvRecordHandler.builder().maxFieldSize(LONGEST_CELL).maxFields(1_000).build(), text);
    }

    /** The bytes below a compression, told by the file's first bytes and not by its name. */
    static InputStream plain(InputStream file) throws IOException {
        var buffered = new BufferedInputStream(file, 1 << 16);
        buffered.mark(2);
        int first = buffered.read();
        int second = buffered.read();
        buffered.reset();
        return first == 0x1f && second == 0x8b ? new GZIPInputStream(buffered, 1 << 16) : buffered;
    }

    private static void skipByteOrderMark(Reader text) throws IOException {
        text.mark(1);
        if (text.read() != '\uFEFF') {
            text.reset();
        }
    }
}
