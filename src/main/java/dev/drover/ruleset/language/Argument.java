package dev.drover.ruleset.language;

import dev.drover.ruleset.fact.Recipient;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** What a path takes between its parentheses; always written out. */
public enum Argument {

    ATTRIBUTE("attribute"), CATEGORY("category"), EVENT("event name"), SEGMENT("segment key"), CHANNEL("channel"), CHANNEL_OR_ANY("channel"), DATE("date"), DAYS("days"), DAYS_KNOWN("days"), HOUR("hour");

    private final String words;

    Argument(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }

    /** @return what is wrong with it; {@code null}: nothing */
    @Nullable String complaint(Literal literal) {
        return switch (this) {
            case ATTRIBUTE, CATEGORY, EVENT -> literal.value() instanceof String text && !text.isBlank() ? null : "The %s stands here in quotes.".formatted(words);
            case SEGMENT -> literal.value() instanceof String key && isKey(key) ? null
                    : "A segment's key stands here in quotes, in small letters, digits and '-', such as \"vip\".";
            case CHANNEL -> literal.value() instanceof String channel && channel.matches("email|sms|push") ? null
                    : "The channels are \"email\", \"sms\" and \"push\".";
            case CHANNEL_OR_ANY -> literal.value() instanceof String channel && channel.matches("email|sms|push|any") ? null
                    : "The channels are \"email\", \"sms\" and \"push\"; \"any\" means whichever.";
            case DATE -> literal.value() instanceof String text && isDate(text) ? null : "A date stands here as \"2026-01-31\".";
            case DAYS -> isWhole(literal, 1, 36_500) ? null : "A whole number of days stands here, at least 1.";
            case DAYS_KNOWN -> isWhole(literal, 1, Recipient.MOST_DAYS) ? null : "A whole number of days stands here, 1 to %d.".formatted(Recipient.MOST_DAYS);
            case HOUR -> isWhole(literal, 0, 23) ? null : "An hour stands here, 0 to 23.";
        };
    }

    static boolean isKey(String key) {
        return key.matches("[a-z0-9][a-z0-9-]{0,99}");
    }

    private static boolean isDate(String text) {
        try {
            return text.length() == 10 && LocalDate.parse(text).toString().equals(text);
        } catch (DateTimeException noDate) {
            return false;
        }
    }

    private static boolean isWhole(Literal literal, int least, int most) {
        return literal.value() instanceof BigDecimal number && number.stripTrailingZeros().scale() <= 0
                && number.compareTo(BigDecimal.valueOf(least)) >= 0 && number.compareTo(BigDecimal.valueOf(most)) <= 0;
    }
}
