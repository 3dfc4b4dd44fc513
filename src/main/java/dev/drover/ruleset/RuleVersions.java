package dev.drover.ruleset;

import dev.drover.kernel.PlatformClock;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The versions of rule files in the database. */
class RuleVersions {

    /** What tells whether somebody published or a rule was switched off: on this instance or another. */
    record Mark(long version, long switchedOff) {}

    private static final String COLUMNS = "path, version, source, author, at, note, origin";

    private final JdbcClient jdbc;
    private final PlatformClock clock;

    RuleVersions(JdbcClient jdbc, PlatformClock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    Mark mark() {
        return jdbc.sql("SELECT coalesce((SELECT max(id) FROM rule_version), 0), coalesce((SELECT max(id) FROM rule_switched_off), 0)")
                .query((row, n) -> new Mark(row.getLong(1), row.getLong(2))).single();
    }

    /** The newest version of every path, those taken away left out. */
    Map<String, RuleVersion> heads() {
        var heads = new TreeMap<String, RuleVersion>();
        jdbc.sql("SELECT DISTINCT ON (path) " + COLUMNS + " FROM rule_version ORDER BY path, version DESC").query((row, n) -> version(row)).list()
                .stream().filter(version -> !version.retired()).forEach(version -> heads.put(version.path(), version));
        return heads;
    }

    /**
     * What the folder is known to have held: of each path the last version that came from a file, and whatever came after it (it may have been
     * written to the folder since).
     */
    Map<String, List<RuleVersion>> knownToFolder() {
        var known = new HashMap<String, List<RuleVersion>>();
        jdbc.sql("SELECT " + COLUMNS + " FROM rule_version v " + """
                 WHERE version >= coalesce((SELECT max(version) FROM rule_version f WHERE f.path = v.path AND f.origin = 'file'), 0)
                 ORDER BY path, version""").query((row, n) -> version(row)).list()
                .forEach(version -> known.computeIfAbsent(version.path(), path -> new ArrayList<>()).add(version));
        return known;
    }

    /** Newest first. */
    List<RuleVersion> of(String path) {
        return jdbc.sql("SELECT " + COLUMNS + " FROM rule_version WHERE path = ? ORDER BY version DESC").param(path).query((row, n) -> version(row)).list();
    }

    Optional<RuleVersion> find(String path, int number) {
        return jdbc.sql("SELECT " + COLUMNS + " FROM rule_version WHERE path = ? AND version = ?").params(path, number).query((row, n) -> version(row)).optional();
    }

    /** A decision table's bytes; empty: it is a text. */
    Optional<byte[]> workbook(String path, int number) {
        return jdbc.sql("SELECT workbook FROM rule_version WHERE path = ? AND version = ? AND workbook IS NOT NULL").params(path, number)
                .query((row, n) -> row.getBytes(1)).optional();
    }

    /** One at a time, over all instances, until the transaction ends. */
    void lock() {
        jdbc.sql("SELECT pg_advisory_xact_lock(hashtext('rule_version'))").query((row, n) -> true).single();
    }

    /** @param content {@code null}: the file is taken away */
    RuleVersion append(String path, @Nullable RuleContent content, RuleEdit edit) {
        return jdbc.sql("INSERT INTO rule_version (path, version, source, workbook, author, at, note, origin) "
                + "VALUES (:path, (SELECT coalesce(max(version), 0) + 1 FROM rule_version WHERE path = :path), :source, :workbook, :author, :at, :note, :origin) RETURNING " + COLUMNS)
                .param("path", path).param("source", content == null ? null : content.source(), Types.VARCHAR)
                .param("workbook", content == null ? null : content.workbook(), Types.BINARY).param("author", edit.author())
                .param("at", Timestamp.from(clock.instant())).param("note", edit.note()).param("origin", edit.origin()).query((row, n) -> version(row)).single();
    }

    private static RuleVersion version(ResultSet row) throws SQLException {
        return new RuleVersion(row.getString("path"), row.getInt("version"), row.getString("source"), row.getString("author"),
                row.getTimestamp("at").toInstant(), row.getString("note"), row.getString("origin"));
    }
}
