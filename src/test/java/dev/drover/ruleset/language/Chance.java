package dev.drover.ruleset.language;

import dev.drover.ruleset.fact.Cart;
import dev.drover.ruleset.fact.Categories;
import dev.drover.ruleset.fact.Customer;
import dev.drover.ruleset.fact.Events;
import dev.drover.ruleset.fact.Moments;
import dev.drover.ruleset.fact.Orders;
import dev.drover.ruleset.fact.Purchases;
import dev.drover.ruleset.fact.Rfm;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Rules of the whole language and customers of every kind, by chance; the same ones each time. Values are few, so that they often meet. */
public final class Chance {

    public static final long NOW = Instant.parse("2026-06-15T12:34:56.789Z").toEpochMilli();

    private static final List<String> TEXTS = List.of("", "NL", "nl", "gold", "none", "champions", "active", "a\"b", "a\\b", "tab\tline\nend", "+31 6", "größer ≥ ✓", "null", "5", "email.opened");
    private static final List<String> NAMES = List.of("a", "b", "tier");
    private static final List<String> EVENTS = List.of("product.viewed", "email.opened", "push.clicked", "subscription.created", "subscription.cancelled");
    private static final double[] NUMBERS = {0, -1, 1, 2, 3, 5, 7, 30, 0.5, 2.5, 90, 365, 12.34, 1_000_000};

    private final Random random;

    public Chance(long seed) {
        this.random = new Random(seed);
    }

    /** A customer who doesn't change, at this time. */
    public Customer customer(long id, long now) {
        var attributes = new HashMap<String, Object>();
        NAMES.forEach(name -> {
            Object value = attribute();
            if (value != null) {
                attributes.put(name, value);
            }
        });
        var person = new Customer.Person(id, text(), text(), text(), text(), random.nextBoolean() ? null : LocalDate.of(1980, 1, 1).plusDays(random.nextInt(15_000)), attributes, moment());
        long[] at = LongStream.generate(this::moment).limit(random.nextInt(5)).filter(moment -> moment != Moments.NEVER).sorted().toArray();
        var purchases = new Purchases(at, Arrays.stream(at).map(one -> random.nextInt(-2_000, 20_000)).toArray(), flags(at.length));
        String[] categories = NAMES.subList(0, random.nextInt(3)).toArray(String[]::new);
        int[] counts = IntStream.range(0, categories.length).map(n -> random.nextInt(4)).toArray();
        var bought = new Categories(categories, counts, Arrays.stream(counts).mapToLong(n -> n * 250L).toArray(), Arrays.stream(counts).mapToLong(n -> moment()).toArray());
        int orders = random.nextInt(8);
        var facts = new Orders(orders, orders == 0 ? 0 : number(), orders == 0 ? Moments.NEVER : moment(), orders == 0 ? Moments.NEVER : moment(), purchases, bought, now);
        var cart = new Cart(BigDecimal.valueOf(number()), random.nextInt(4), random.nextBoolean() ? null : Instant.ofEpochMilli(recent()), Instant.ofEpochMilli(now));
        var rfm = random.nextBoolean() ? Rfm.NONE : new Rfm(random.nextInt(1, 6), random.nextInt(1, 6), random.nextInt(1, 6), "champions");
        var segments = NAMES.stream().filter(name -> random.nextBoolean()).collect(Collectors.toSet());
        return new Customer(person, facts, cart, rfm, new Events(events(), now), moment(), Set.copyOf(segments), now);
    }

    private Map<String, Events.Days> events() {
        var events = new HashMap<String, Events.Days>();
        for (String name : EVENTS) {
            if (random.nextBoolean()) {
                long[] days = LongStream.generate(() -> Math.floorDiv(recent(), Moments.DAY)).limit(1 + random.nextInt(4)).sorted().distinct().toArray();
                events.put(name, new Events.Days(days, Arrays.stream(days).mapToInt(day -> 1 + random.nextInt(3)).toArray(), recent()));
            }
        }
        return events;
    }

    private @Nullable Object attribute() {
        return switch (random.nextInt(7)) {
            case 0 -> null;
            case 1 -> number();
            case 2 -> random.nextInt(10);
            case 3 -> random.nextBoolean();
            case 4 -> LocalDate.ofEpochDay(Math.floorDiv(recent(), Moments.DAY)).toString();
            case 5 -> Instant.ofEpochMilli(recent()).toString();
            default -> text();
        };
    }

    private boolean[] flags(int length) {
        var flags = new boolean[length];
        IntStream.range(0, length).forEach(n -> flags[n] = random.nextInt(4) > 0);
        return flags;
    }

    private @Nullable String text() {
        return random.nextInt(6) == 0 ? null : one(TEXTS);
    }

    private double number() {
        return random.nextInt(3) == 0 ? Math.round(random.nextDouble() * 10_000) / 100d : NUMBERS[random.nextInt(NUMBERS.length)];
    }

    private long moment() {
        return random.nextInt(5) == 0 ? Moments.NEVER : recent();
    }

    /** Often to the millisecond where a comparison with days turns. */
    private long recent() {
        long days = (long) (NUMBERS[random.nextInt(12)] * Moments.DAY);
        return switch (random.nextInt(4)) {
            case 0 -> NOW - days;
            case 1 -> NOW - days + random.nextInt(-2, 3);
            case 2 -> NOW - (long) (random.nextDouble() * 400 * Moments.DAY);
            default -> NOW - (long) (random.nextGaussian() * 10 * Moments.DAY);
        };
    }

    /** A condition as an author might write it. */
    public String condition(int depth) {
        int kind = depth == 0 ? 0 : random.nextInt(8);
        return switch (kind) {
            case 1 -> "!( " + condition(depth - 1) + " )";
            case 2, 3 -> joined(depth - 1, " && ");
            case 4, 5 -> joined(depth - 1, " || ");
            default -> leaf();
        };
    }

    private String joined(int depth, String sign) {
        return IntStream.range(0, 2 + random.nextInt(2)).mapToObj(n -> condition(depth)).map(part -> random.nextBoolean() ? "(" + part + ")" : part).collect(Collectors.joining(sign));
    }

    private String leaf() {
        Term term = one(Vocabulary.of("segments").terms("Customer"));
        String path = path(term);
        return switch (term.type()) {
            case FLAG -> switch (random.nextInt(4)) {
                case 0 -> path + " == " + random.nextBoolean();
                case 1 -> path + " != " + random.nextBoolean();
                case 2 -> "!" + path;
                default -> path;
            };
            case DAY -> path + (random.nextBoolean() ? " == null" : " != null");
            case NUMBER -> numberLeaf(path);
            case TEXT -> textLeaf(path);
            case MOMENT -> throw new AssertionError("Nothing of a customer is a moment.");
        };
    }

    private String numberLeaf(String path) {
        if (random.nextInt(8) == 0) {
            return path + one(List.of(" in (", " not in (")) + IntStream.range(0, 1 + random.nextInt(3)).mapToObj(n -> numeral()).collect(Collectors.joining(", ")) + ")";
        }
        String right = random.nextInt(10) == 0 ? path(one(Vocabulary.of("segments").terms("Customer").stream().filter(term -> term.type() == Type.NUMBER).toList())) : numeral();
        return path + one(List.of(" == ", " != ", " > ", " >= ", " < ", " <= ")) + right;
    }

    private String textLeaf(String path) {
        String operator = one(List.of(" == ", " != ", " in ", " not in ", " contains ", " not contains ", " str[startsWith] ", " str[endsWith] "));
        if (operator.endsWith("in ")) {
            return path + operator + IntStream.range(0, 1 + random.nextInt(3)).mapToObj(n -> quoted(one(TEXTS))).collect(Collectors.joining(", ", "(", ")"));
        }
        if (operator.contains("=")) {
            return path + operator + switch (random.nextInt(4)) {
                case 0 -> "null";
                case 1 -> path(one(Vocabulary.of("segments").terms("Customer").stream().filter(term -> term.type() == Type.TEXT).toList()));
                default -> quoted(one(TEXTS));
            };
        }
        String text = one(TEXTS);
        return path + operator + quoted(text.substring(random.nextInt(text.length() + 1)));
    }

    private String numeral() {
        var number = BigDecimal.valueOf(number());
        return random.nextBoolean() ? number.stripTrailingZeros().toPlainString() : number.toPlainString();
    }

    private String path(Term term) {
        return term.name() + (term.arguments().isEmpty() ? "" : term.arguments().stream().map(this::argument).collect(Collectors.joining(", ", "(", ")")));
    }

    private String argument(Argument argument) {
        return switch (argument) {
            case ATTRIBUTE, CATEGORY, SEGMENT -> quoted(one(NAMES));
            case EVENT -> quoted(one(EVENTS));
            case CHANNEL, CHANNEL_OR_ANY -> quoted(one(List.of("email", "sms", "push")));
            case DATE -> quoted(LocalDate.ofEpochDay(Math.floorDiv(recent(), Moments.DAY)).toString());
            case DAYS, DAYS_KNOWN -> String.valueOf(one(List.of(1, 2, 7, 30, 90)));
            case HOUR -> "8";
        };
    }

    private static String quoted(String text) {
        return Drl.literal(text);
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
