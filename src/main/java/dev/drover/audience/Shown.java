package dev.drover.audience;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How pages write things: times in UTC, numbers grouped, words with a capital. */
public final class Shown {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ENGLISH).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm", Locale.ENGLISH).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    /** @param iso for the {@code datetime} attribute of a {@code <time>} */
    public record Time(String iso, String day, String minute, String clock) {}

    private Shown() {}

    public static @Nullable Time time(@Nullable Instant instant) {
        return instant == null ? null : new Time(instant.toString(), DAY.format(instant), MINUTE.format(instant), CLOCK.format(instant));
    }

    public static String number(long number) {
        return new DecimalFormat("#,##0", DecimalFormatSymbols.getInstance(Locale.ENGLISH)).format(number);
    }

    public static String money(BigDecimal amount, String currency) {
        return currency + " " + new DecimalFormat("#,##0.00", DecimalFormatSymbols.getInstance(Locale.ENGLISH)).format(amount.setScale(2, RoundingMode.HALF_UP));
    }

    /** {@code consentEmail} and {@code consent_email} become "Consent email". */
    public static String words(String name) {
        String words = name.replaceAll("([a-z])([A-Z])", "$1 $2").replace('_', ' ').replace('-', ' ').toLowerCase(Locale.ROOT);
        return words.isEmpty() ? words : Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }
}
