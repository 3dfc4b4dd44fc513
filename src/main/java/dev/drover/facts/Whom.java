package dev.drover.facts;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;

/**
 * Which customers a statement is about: some, or all of a range of numbers, which an index reads in one go.
 *
 * @param ids {@code null}: all from {@code from} (included) to {@code to} (not included)
 */
@SuppressWarnings("ArrayRecordComponent")
public record Whom(long @org.jspecify.annotations.Nullable [] ids, long from, long to) {

    public static Whom these(Collection<Long> ids) {
        return new Whom(ids.stream().mapToLong(Long::longValue).sorted().distinct().toArray(), 0, 0);
    }

    public static Whom range(long from, long to) {
        return new Whom(null, from, to);
    }

    public static Whom all() {
        return range(0, Long.MAX_VALUE);
    }

    /** A condition on a column with customers' numbers; {@link #bind} fills its parameters. */
    public String in(String column) {
        return ids == null ? column + " >= ? AND " + column + " < ?" : column + " = ANY(?)";
    }

    /** @return the number of the next parameter */
    public int bind(PreparedStatement statement, int parameter) throws SQLException {
        if (ids == null) {
            statement.setLong(parameter, from);
            statement.setLong(parameter + 1, to);
            return parameter + 2;
        }
        statement.setObject(parameter, ids);
        return parameter + 1;
    }
}
