package dev.drover.cart;

import dev.drover.eventlog.Event;
import dev.drover.kernel.PlatformClock;
import dev.drover.kernel.Problem;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Codes that take something off an order, once. */
@Component
public class Discounts {

    /** Without those that are read one for another; eight of them are 852 thousand million codes. */
    private static final String LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";
    private static final int LENGTH = 8;
    private static final Duration LONGEST = Duration.ofDays(3_660);

    public enum Kind {
        PERCENTAGE, FIXED
    }

    /**
     * @param value    a percentage, or an amount in the shop's currency
     * @param minValue the least an order must be worth; {@code null}: anything
     */
    public record Discount(String code, Kind kind, BigDecimal value, @Nullable BigDecimal minValue, Instant expiresAt) {

        /** @return what is left to pay, never below zero; all of it where the order is worth too little */
        public BigDecimal reduce(BigDecimal total) {
            if (minValue != null && total.compareTo(minValue) < 0) {
                return total;
            }
            var off = kind == Kind.FIXED ? value : total.multiply(value).divide(BigDecimal.valueOf(100), 2, RoundingMode.HALF_UP);
            return total.subtract(off).max(BigDecimal.ZERO).setScale(2, RoundingMode.HALF_UP);
        }
    }

    /** What a code is to be. @param key who makes it: the same again gets the same code. @param customerId internal number */
    public record Wanted(String key, Kind kind, BigDecimal value, String prefix, Duration expiresIn, @Nullable BigDecimal minValue, @Nullable Long customerId) {}

    private record Row(Discount discount, @Nullable Instant redeemedAt, @Nullable String order) {}

    private final JdbcClient jdbc;
    private final PlatformClock clock;
    private final SecureRandom random;

    Discounts(JdbcClient jdbc, PlatformClock clock, SecureRandom random) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.random = random;
    }

    public static Kind kind(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "percentage" -> Kind.PERCENTAGE;
            case "fixed" -> Kind.FIXED;
            default -> throw Problem.invalid("kind", "A discount is 'percentage' or 'fixed', not '" + word + "'.");
        };
    }

    /** @throws Problem rejected, naming what is wrong */
    @Transactional
    public Discount create(Wanted wanted) {
        check(wanted);
        for (int attempt = 0; attempt < 5; attempt++) {
            var now = clock.instant();
            jdbc.sql("""
                    INSERT INTO discount_code (code, key, kind, value, min_value, customer_id, created_at, expires_at)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING""")
                    .param(code(wanted.prefix())).param(wanted.key()).param(wanted.kind().name().toLowerCase(Locale.ROOT)).param(wanted.value())
                    .param(wanted.minValue()).param(wanted.customerId()).param(Timestamp.from(now)).param(Timestamp.from(now.plus(wanted.expiresIn()))).update();
            var made = jdbc.sql("SELECT * FROM discount_code WHERE key = ?").param(wanted.key()).query((row, n) -> row(row).discount()).optional();
            if (made.isPresent()) {
                return made.get();
            }
        }
        throw Problem.unavailable("No free discount code was found in five tries.");
    }

    /** A code that would be taken now. */
    public Optional<Discount> usable(String code) {
        return find(code).filter(row -> row.redeemedAt() == null && row.discount().expiresAt().isAfter(clock.instant())).map(Row::discount);
    }

    /**
     * Uses a code for an order; the same order again is answered the same.
     *
     * @param total of the order; {@code null}: the shop has looked at the code's least value itself
     * @throws Problem not found, conflict when it is used, gone when it has expired, rejected when the order is worth too little
     */
    @Transactional
    public Discount redeem(String code, String orderId, @Nullable BigDecimal total) {
        var row = find(code).orElseThrow(() -> Problem.notFound("There is no discount code '" + code + "'."));
        if (orderId.equals(row.order())) {
            return row.discount();
        }
        if (row.redeemedAt() == null && !row.discount().expiresAt().isAfter(clock.instant())) {
            throw Problem.gone("The code " + row.discount().code() + " has expired.");
        }
        var least = row.discount().minValue();
        if (row.redeemedAt() == null && total != null && least != null && total.compareTo(least) < 0) {
            throw Problem.invalid("total", "The code %s is for orders worth %s and more.".formatted(row.discount().code(), least.toPlainString()));
        }
        if (!use(row.discount().code(), orderId, clock.instant())) {
            throw Problem.conflict("The code " + row.discount().code() + " has been used.");
        }
        return row.discount();
    }

    /** An order that arrives with a code has used it, whatever the shop thought of its expiry. */
    void redeemedBy(Event order) {
        String code = order.text("discountCode");
        if (code != null && order.text("orderId") != null) {
            use(normal(code), order.text("orderId"), order.occurredAt());
        }
    }

    private boolean use(String code, String orderId, Instant at) {
        return jdbc.sql("UPDATE discount_code SET redeemed_at = ?, redeemed_order = ? WHERE code = ? AND redeemed_at IS NULL")
                .param(Timestamp.from(at)).param(orderId).param(code).update() == 1;
    }

    private Optional<Row> find(String code) {
        return code.length() > 100 || code.indexOf('\0') >= 0 ? Optional.empty()
                : jdbc.sql("SELECT * FROM discount_code WHERE code = ?").param(normal(code)).query((row, n) -> row(row)).optional();
    }

    private static String normal(String code) {
        return code.strip().toUpperCase(Locale.ROOT);
    }

    private String code(String prefix) {
        var code = new StringBuilder(prefix.isEmpty() ? "" : prefix + "-");
        random.ints(LENGTH, 0, LETTERS.length()).forEach(n -> code.append(LETTERS.charAt(n)));
        return code.toString();
    }

    private static void check(Wanted wanted) {
        if (wanted.value().signum() <= 0 || wanted.kind() == Kind.PERCENTAGE && wanted.value().compareTo(BigDecimal.valueOf(100)) > 0) {
            throw Problem.invalid("value", "A discount takes off more than 0 and, as a percentage, at most 100; this one says " + wanted.value() + ".");
        }
        if (!wanted.prefix().matches("[A-Z0-9]{0,12}")) {
            throw Problem.invalid("prefix", "A code's prefix is at most 12 capital letters and digits.");
        }
        if (wanted.expiresIn().isNegative() || wanted.expiresIn().isZero() || wanted.expiresIn().compareTo(LONGEST) > 0) {
            throw Problem.invalid("expiresIn", "A code is good for more than nothing and at most ten years, such as P7D.");
        }
    }

    private static Row row(ResultSet row) throws SQLException {
        var redeemed = row.getTimestamp("redeemed_at");
        return new Row(new Discount(row.getString("code"), kind(row.getString("kind")), row.getBigDecimal("value"), row.getBigDecimal("min_value"),
                row.getTimestamp("expires_at").toInstant()), redeemed == null ? null : redeemed.toInstant(), row.getString("redeemed_order"));
    }
}
