package dev.drover.template;

import com.github.jknack.handlebars.Context;
import com.github.jknack.handlebars.Handlebars;
import com.github.jknack.handlebars.Helper;
import com.github.jknack.handlebars.Options;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What templates can do beyond merge tags, {@code if}, {@code unless} and {@code with}: each here, and nothing else. */
final class Helpers {

    static final String BUDGET = "drover.budget";
    /** In the data: whether the customer is in each segment that the template asks for. */
    static final String SEGMENTS = "segments";
    private static final int LENGTH_OF_DAY = 10;
    private static final Set<String> OURS = Set.of("each", "if", "unless", "with", "default", "money", "date", "plural", "is", "segment");

    /** Loop rounds, and text made within loops, that one rendering has left. */
    static final class Budget {
        private int rounds;
        private long text;

        Budget(int rounds, long text) {
            this.rounds = rounds;
            this.text = text;
        }

        void spendRound() {
            if (--rounds < 0) {
                throw new IllegalStateException("The loops of this template go round too often.");
            }
        }

        void spendText(int length) {
            text -= length;
            if (text < 0) {
                throw new IllegalStateException("The loops of this template make too much text.");
            }
        }
    }

    static final List<String> NOT_FOR_TEMPLATES = List.of("log", "embedded", "precompile", "i18n", "i18nJs", "block", "partial", "include", "lookup");

    private Helpers() {}

    static Handlebars registerOn(Handlebars handlebars) {
        registerKnownOn(handlebars);
        handlebars.registerHelperMissing((value, options) -> {
            if (options.params.length > 0 || options.hash.size() > 0) {
                throw new IllegalArgumentException("There is no helper '" + options.helperName + "'.");
            }
            return "";
        });
        return handlebars;
    }

    static Handlebars registerKnownOn(Handlebars handlebars) {
        handlebars.registerHelper("each", (Helper<Object>) Helpers::each);
        handlebars.registerHelper("default", (Helper<Object>) Helpers::fallback);
        handlebars.registerHelper("money", (Helper<Object>) Helpers::money);
        handlebars.registerHelper("date", (Helper<Object>) Helpers::date);
        handlebars.registerHelper("plural", (Helper<Object>) Helpers::plural);
        handlebars.registerHelper("is", (Helper<Object>) Helpers::is);
        handlebars.registerHelper("segment", (Helper<Object>) Helpers::segment);
        for (String name : NOT_FOR_TEMPLATES) {
            handlebars.registerHelper(name, (Helper<Object>) (value, options) -> {
                throw new IllegalArgumentException("'" + name + "' isn't available in a message template.");
            });
        }
        return handlebars;
    }

    /** {@code {{#each cart.items}} … {{else}} nothing {{/each}}}, with {@code @index}, {@code @first}, {@code @last} and {@code @key}; at most {@code limit=3}. */
    private static CharSequence each(@Nullable Object value, Options options) throws IOException {
        if (value instanceof Map<?, ?> map) {
            return eachOf(List.copyOf(map.entrySet()), options);
        }
        return value instanceof List<?> list ? eachOf(list, options) : options.inverse();
    }

    /** {@code {{#is decision "premium"}} … {{else}} … {{/is}}}: for what rules decided, and for attributes. Of several words one must fit. */
    private static CharSequence is(@Nullable Object value, Options options) throws IOException {
        String said = value == null ? "" : value.toString();
        return Arrays.stream(options.params).anyMatch(word -> word != null && word.toString().equals(said)) ? options.fn() : options.inverse();
    }

    /** {@code {{#segment "vip"}} … {{else}} … {{/segment}}}; who composes the message has looked which of them the customer is in. */
    private static CharSequence segment(@Nullable Object key, Options options) throws IOException {
        boolean in = key != null && root(options).get(SEGMENTS) instanceof Map<?, ?> segments && Boolean.TRUE.equals(segments.get(key.toString()));
        return in ? options.fn() : options.inverse();
    }

    private static Map<?, ?> root(Options options) {
        var context = options.context;
        while (context.parent() != null) {
            context = context.parent();
        }
        return context.model() instanceof Map<?, ?> data ? data : Map.of();
    }

    static boolean isOne(String word) {
        return OURS.contains(word);
    }

    private static CharSequence eachOf(List<?> items, Options options) throws IOException {
        if (items.isEmpty()) {
            return options.inverse();
        }
        Budget budget = options.data(BUDGET);
        var buffer = options.buffer();
        int most = options.hash("limit") instanceof Number limit ? Math.clamp(limit.intValue(), 0, items.size()) : items.size();
        for (int n = 0; n < most; n++) {
            budget.spendRound();
            Object item = items.get(n) instanceof Map.Entry<?, ?> entry ? entry.getValue() : items.get(n);
            Object key = items.get(n) instanceof Map.Entry<?, ?> entry ? entry.getKey() : n;
            var context = Context.newBuilder(options.context, item)
                    .combine("@index", n).combine("@key", key).combine("@first", n == 0 ? "first" : "").combine("@last", n == most - 1 ? "last" : "")
                    .build();
            var round = options.fn(context);
            budget.spendText(round.length());
            buffer.append(round);
        }
        return buffer;
    }

    /** {@code {{default customer.firstName "friend"}}} */
    private static Object fallback(@Nullable Object value, Options options) {
        return value == null || value.toString().isBlank() ? options.param(0, "") : value;
    }

    /** {@code {{money cart.total cart.currency}}}: EUR 1,234.50. */
    private static Object money(@Nullable Object value, Options options) {
        if (value == null) {
            return "";
        }
        var format = new DecimalFormat("#,##0.00", DecimalFormatSymbols.getInstance(Locale.ENGLISH));
        return (options.param(0, "EUR") + " " + format.format(number(value).setScale(2, RoundingMode.HALF_UP))).strip();
    }

    /** {@code {{date discount.expiresAt "d MMMM"}}}: in the customer's own zone unless another one is named; UTC where it isn't known. */
    private static Object date(@Nullable Object value, Options options) {
        if (value == null) {
            return "";
        }
        try {
            String zone = options.param(1, ownZone(options));
            var pattern = DateTimeFormatter.ofPattern(options.param(0, "d MMMM yyyy"), Locale.ENGLISH);
            if (value.toString().length() == LENGTH_OF_DAY) {
                return pattern.format(LocalDate.parse(value.toString()));
            }
            return pattern.withZone(zone == null || zone.isEmpty() ? ZoneOffset.UTC : ZoneId.of(zone)).format(Instant.parse(value.toString()));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("date: '%s' isn't a time such as 2026-11-23T10:00:00Z or a day such as 2026-11-23, or the pattern or zone is wrong.".formatted(value));
        }
    }

    private static String ownZone(Options options) {
        return root(options).get("customer") instanceof Map<?, ?> customer && customer.get("timeZone") instanceof String zone ? zone : "";
    }

    /** {@code {{plural cart.itemCount "item" "items"}}}: 1 item, 2 items. */
    private static Object plural(@Nullable Object value, Options options) {
        var count = value == null ? BigDecimal.ZERO : number(value);
        return count.stripTrailingZeros().toPlainString() + " " + (count.compareTo(BigDecimal.ONE) == 0 ? options.param(0, "") : options.param(1, ""));
    }

    private static BigDecimal number(Object value) {
        try {
            var number = new BigDecimal(value.toString());
            // A few characters such as 1e999999999 would become a thousand million digits.
            if (Math.abs((long) number.scale()) <= 30 && number.precision() <= 60) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        String said = value.toString();
        throw new IllegalArgumentException("'" + (said.length() > 40 ? said.substring(0, 40) + "…" : said) + "' is no number that could be shown.");
    }
}
