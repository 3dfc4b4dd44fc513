package dev.drover.consent;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.drover.kernel.Channel;
import dev.drover.kernel.Checks;
import dev.drover.kernel.CsvText;
import dev.drover.kernel.Problem;
import dev.drover.web.AuditLog;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What members of staff do with the list; each change stands in the audit, without the address. */
@Component
class SuppressionList {

    static final String MANUAL = "staff";
    static final String IMPORTED = "import";
    private static final int MOST_ROWS = 1_000_000;
    private static final int MOST_TOLD = 100;
    private static final int PAGE = 1_000;

    /** @param rejected the first rows that weren't taken */
    record Imported(int rows, int added, List<Rejected> rejected, int rejectedInAll) {}

    record Rejected(long line, String message) {}

    private final Suppressions suppressions;
    private final AuditLog audit;

    SuppressionList(Suppressions suppressions, AuditLog audit) {
        this.suppressions = suppressions;
        this.audit = audit;
    }

    /** @return whether it wasn't there */
    @Transactional
    public boolean add(@Nullable String channel, @Nullable String address, @Nullable String reason, @Nullable String note) {
        new Checks().required("channel", channel).required("address", address).atMost("note", note, 500).orThrow();
        var by = Channel.of(channel);
        check(by, address).orThrow();
        boolean added = suppressions.add(by, address, reason(reason), MANUAL, note == null || note.isBlank() ? null : note.strip());
        if (added) {
            audit.record("suppression.added", "an address for " + by.key(), Map.of("reason", reason(reason)));
        }
        return added;
    }

    /** @throws Problem not found; conflict for an address that its owner put there */
    @Transactional
    public void remove(Channel channel, String address) {
        var before = suppressions.find(channel, address).orElseThrow(() -> Problem.notFound("This address isn't on the list."));
        if (!suppressions.remove(channel, address)) {
            throw Problem.conflict("This address was erased; what is left of it can't be taken off the list.");
        }
        audit.record("suppression.removed", "an address for " + channel.key(), Map.of("reason", before.reason(), "since", before.since().toString()));
    }

    /** A file with a heading: {@code address}, and {@code channel}, {@code reason}, {@code note} if wanted. All good rows are taken. */
    @Transactional
    public Imported importCsv(InputStream file) throws IOException {
        int rows = 0;
        int added = 0;
        int refused = 0;
        var rejected = new ArrayList<Rejected>();
        try (CsvReader<CsvRecord> reader = reader(file)) {
            Map<String, Integer> columns = null;
            for (CsvRecord record : reader) {
                if (columns == null) {
                    columns = columns(record);
                    continue;
                }
                if (++rows > MOST_ROWS) {
                    throw Problem.invalid("file", "More than a million rows: cut the file in pieces.");
                }
                String refusal = take(record, columns);
                if (refusal == null) {
                    added++;
                } else if (!refusal.isEmpty()) {
                    refused++;
                    if (rejected.size() < MOST_TOLD) {
                        rejected.add(new Rejected(record.getStartingLineNumber(), refusal));
                    }
                }
            }
            if (columns == null) {
                throw Problem.invalid("file", "The file is empty. Its first line names the columns: address, channel, reason, note.");
            }
        } catch (CsvParseException | UncheckedIOException e) {
            throw Problem.invalid("file", "The file can't be read as CSV: " + e.getMessage());
        }
        audit.record("suppression.imported", "%d addresses".formatted(added), Map.of("rows", rows));
        return new Imported(rows, added, rejected, refused);
    }

    private static CsvReader<CsvRecord> reader(InputStream file) throws IOException {
        var text = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8));
        text.mark(1);
        if (text.read() != '\uFEFF') {
            text.reset();
        }
        return CsvReader.builder().skipEmptyLines(true).extraFieldStrategy(FieldMismatchStrategy.IGNORE).missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .build(CsvRecordHandler.builder().maxFieldSize(10_000).maxFields(100).build(), text);
    }

    private static Map<String, Integer> columns(CsvRecord heading) {
        var columns = new HashMap<String, Integer>();
        for (int n = 0; n < heading.getFieldCount(); n++) {
            columns.putIfAbsent(heading.getField(n).strip().toLowerCase(Locale.ROOT), n);
        }
        if (!columns.containsKey("address") && columns.containsKey("email")) {
            columns.put("address", columns.get("email"));
        }
        if (!columns.containsKey("address")) {
            throw Problem.invalid("file", "No column is called 'address'. The first line names the columns: address, channel, reason, note.");
        }
        return columns;
    }

    /** @return {@code null}: added; empty: it was there already; else what is wrong */
    private @Nullable String take(CsvRecord record, Map<String, Integer> columns) {
        String address = CsvText.said(cell(record, columns.get("address")));
        String channel = cell(record, columns.get("channel")).strip().toLowerCase(Locale.ROOT);
        if (address.startsWith("#")) {
            // What an export tells of an erased person is here already, or means nothing here.
            return "";
        }
        try {
            var by = channel.isEmpty() ? Channel.EMAIL : Channel.of(channel);
            var checks = check(by, address);
            if (!checks.ok()) {
                return checks.errors().getFirst().message();
            }
            String note = CsvText.said(cell(record, columns.get("note"))).replace("\0", "");
            return suppressions.add(by, address, reason(cell(record, columns.get("reason"))), IMPORTED, note.isBlank() ? null : note.substring(0, Math.min(500, note.length()))) ? null : "";
        } catch (Problem wrong) {
            return wrong.getMessage();
        }
    }

    private static String cell(CsvRecord record, @Nullable Integer column) {
        return column == null || column >= record.getFieldCount() ? "" : record.getField(column);
    }

    private static Checks check(Channel channel, String address) {
        var checks = new Checks().atMost("address", address, 4_096);
        return switch (channel) {
            case EMAIL -> checks.email("address", address.strip());
            case SMS -> checks.phone("address", address.replaceAll("[\\s().-]", ""));
            case PUSH -> checks;
        };
    }

    private static String reason(@Nullable String reason) {
        String key = reason == null ? "" : reason.strip().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9-]+", "-").replaceAll("^-+|-+$", "");
        return key.isEmpty() ? "manual" : key.substring(0, Math.min(key.length(), 60));
    }

    void write(@Nullable String search, @Nullable String channel, @Nullable String reason, PrintWriter out) {
        out.print("address,channel,reason,source,since,note\r\n");
        String after = null;
        do {
            var page = suppressions.list(search, channel, reason, after, PAGE);
            page.items().forEach(one -> out.print(String.join(",", List.of(CsvText.cell(one.address()), one.channel().key(), CsvText.cell(one.reason()), CsvText.cell(one.source()),
                    one.since().toString(), CsvText.cell(one.note() == null ? "" : one.note()))) + "\r\n"));
            after = page.next();
        } while (after != null);
    }
}
