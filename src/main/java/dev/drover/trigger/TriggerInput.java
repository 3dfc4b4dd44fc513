package dev.drover.trigger;

import dev.drover.kernel.Checks;
import dev.drover.trigger.Definition.Cap;
import dev.drover.trigger.Definition.Reentry;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A trigger as it is sent.
 *
 * @param name       {@code null}: the key
 * @param event      of type event
 * @param segment    of segment_entry and segment_exit
 * @param conditions criteria, or a list of conditions
 * @param delay      ISO 8601
 * @param lateAfter  ISO 8601
 * @param active     {@code null}: yes
 */
record TriggerInput(@Nullable String key, @Nullable String name, @Nullable String description, @Nullable String type, @Nullable String event, @Nullable String segment,
        @Nullable OfDate date, @Nullable OfInactivity inactivity, @Nullable Object conditions, @Nullable String delay, @Nullable Map<String, Object> action,
        @Nullable OfReentry reentry, @Nullable OfCap cap, @Nullable String lateAfter, @Nullable Integer hourlyLimit, @Nullable Boolean active) {

    record OfDate(@Nullable String field, @Nullable Integer offsetDays, @Nullable String at, @Nullable Boolean yearly) {}

    record OfInactivity(@Nullable List<@Nullable String> events, @Nullable Integer days) {}

    record OfCap(@Nullable Integer count, @Nullable Integer days) {}

    record OfReentry(@Nullable String policy, @Nullable Integer days) {}

    static final List<String> TYPES = List.of("event", "date", "segment_entry", "segment_exit", "inactivity");
    private static final Set<String> RESERVED = Set.of("new", "builder", "tile", "test", "try");
    private static final String EVENT = "[A-Za-z0-9_][A-Za-z0-9_.:-]{0,99}";
    private static final int MOST_DAYS = 3_650;
    private static final int MOST_KINDS = 20;
    private static final int MOST_AN_HOUR = 10_000_000;
    private static final int MOST_CONFIG = 16_384;
    private static final Duration LONGEST = Duration.ofDays(365);

    TriggerInput withKey(String other) {
        return new TriggerInput(other, name, description, type, event, segment, date, inactivity, conditions, delay, action, reentry, cap, lateAfter, hourlyLimit, active);
    }

    TriggerInput withActive(boolean on) {
        return new TriggerInput(key, name, description, type, event, segment, date, inactivity, conditions, delay, action, reentry, cap, lateAfter, hourlyLimit, on);
    }

    /** What of it can be checked without asking anybody. @throws dev.drover.kernel.Problem rejected, with all that is wrong */
    Definition check(TriggerSettings usual, Set<String> segments) {
        var checks = new Checks().required("key", key).atMost("name", name, 200).atMost("description", description, 2_000);
        if (key != null && !key.isBlank() && (!key.matches("[a-z0-9][a-z0-9-]{0,99}") || RESERVED.contains(key))) {
            checks.fail("key", RESERVED.contains(key) ? "'%s' is a word of the address's own: choose another key.".formatted(key)
                    : "A key is of small letters, digits and '-', such as birthday-mail.");
        }
        if (name != null && name.strip().lines().count() > 1) {
            checks.fail("name", "A name is one line.");
        }
        var occasion = occasion(checks, segments);
        if (conditions != null) {
            int before = checks.errors().size();
            checks.json("conditions", Map.of("conditions", conditions), 4 * MOST_CONFIG);
            if (checks.errors().size() == before) {
                ConditionsReader.read(conditions, checks, segments, occasion == null || occasion.tells());
            }
        }
        var wait = duration(checks, "delay", delay, Duration.ZERO);
        var late = duration(checks, "lateAfter", lateAfter, usual.lateAfter());
        var does = action(checks);
        var again = reentry(checks, does);
        var most = cap(checks);
        if (hourlyLimit != null && (hourlyLimit < 1 || hourlyLimit > MOST_AN_HOUR)) {
            checks.fail("hourlyLimit", "hourlyLimit is 1 to %d.".formatted(MOST_AN_HOUR));
        }
        checks.orThrow();
        return new Definition(Objects.requireNonNull(key), name == null || name.isBlank() ? key : name.strip(), description == null ? "" : description.strip(),
                Objects.requireNonNull(occasion), asGroup(conditions), wait, Objects.requireNonNull(does), again, most, late,
                Objects.requireNonNullElse(hourlyLimit, usual.hourlyLimit()), !Boolean.FALSE.equals(active));
    }

    @SuppressWarnings("unchecked")
    private static @Nullable Map<String, Object> asGroup(@Nullable Object conditions) {
        return switch (conditions) {
            case null -> null;
            case Map<?, ?> map when !map.containsKey("field") -> (Map<String, Object>) map;
            case List<?> list -> list.isEmpty() ? null : Map.of("logic", "AND", "conditions", list);
            default -> Map.of("logic", "AND", "conditions", List.of(conditions));
        };
    }

    private @Nullable Occasion occasion(Checks checks, Set<String> segments) {
        if (type == null || !TYPES.contains(type)) {
            checks.fail("type", "A trigger's type is event, date, segment_entry, segment_exit or inactivity.");
            return null;
        }
        return switch (type) {
            case "event" -> {
                if (event == null || !event.matches(EVENT)) {
                    checks.fail("event", "event names what happens: letters, digits, dots, dashes and underscores, such as order.placed.");
                }
                yield new Occasion.OnEvent(Objects.requireNonNullElse(event, ""));
            }
            case "date" -> date(checks);
            case "inactivity" -> inactivity(checks);
            default -> {
                if (segment == null || !segments.contains(segment)) {
                    checks.fail("segment", segment == null ? "segment is missing." : "There is no segment '%s'.".formatted(shown(segment)));
                }
                String key = Objects.requireNonNullElse(segment, "");
                yield type.equals("segment_entry") ? new Occasion.SegmentEntry(key) : new Occasion.SegmentExit(key);
            }
        };
    }

    private @Nullable Occasion date(Checks checks) {
        if (date == null) {
            checks.fail("date", "date says which: {\"field\": \"birthday\" or \"attributes.NAME\", \"offsetDays\": -7, \"at\": \"09:00\"}.");
            return null;
        }
        String field = Objects.requireNonNullElse(date.field(), Occasion.OnDate.BIRTHDAY);
        if (!field.equals(Occasion.OnDate.BIRTHDAY) && !field.matches("attributes\\.[^\\p{Cntrl}\"']{1,100}")) {
            checks.fail("date.field", "date.field is birthday or attributes.NAME.");
        }
        int offset = Objects.requireNonNullElse(date.offsetDays(), 0);
        if (Math.abs(offset) > 365) {
            checks.fail("date.offsetDays", "date.offsetDays is -365 (days before) to 365 (days after).");
        }
        LocalTime at = LocalTime.of(9, 0);
        try {
            at = date.at() == null ? at : LocalTime.parse(date.at()).withSecond(0).withNano(0);
        } catch (DateTimeException e) {
            checks.fail("date.at", "date.at is a time of day on the customer's clock, such as 09:00.");
        }
        return new Occasion.OnDate(field, offset, at, field.equals(Occasion.OnDate.BIRTHDAY) || Boolean.TRUE.equals(date.yearly()));
    }

    private @Nullable Occasion inactivity(Checks checks) {
        if (inactivity == null || inactivity.days() == null) {
            checks.fail("inactivity", "inactivity says of what and for how long: {\"events\": [\"order.placed\"], \"days\": 60}.");
            return null;
        }
        List<@Nullable String> kinds = Objects.requireNonNullElse(inactivity.events(), List.of());
        if (kinds.size() > MOST_KINDS || kinds.stream().anyMatch(kind -> kind == null || !kind.matches(EVENT))) {
            checks.fail("inactivity.events", "inactivity.events is a list of at most %d names of events, such as order.placed.".formatted(MOST_KINDS));
        }
        if (inactivity.days() < 1 || inactivity.days() > MOST_DAYS) {
            checks.fail("inactivity.days", "inactivity.days is 1 to %d.".formatted(MOST_DAYS));
        }
        return new Occasion.Inactivity(kinds.stream().filter(Objects::nonNull).distinct().toList(), inactivity.days());
    }

    private static Duration duration(Checks checks, String field, @Nullable String text, Duration usual) {
        if (text == null || text.isBlank()) {
            return usual;
        }
        try {
            var read = Duration.parse(text.strip());
            if (!read.isNegative() && read.compareTo(LONGEST) <= 0) {
                return Duration.ofSeconds(read.toSeconds());
            }
        } catch (DateTimeException | ArithmeticException e) {
            // Told below.
        }
        checks.fail(field, "%s is a duration of at most a year, such as PT30M or P1D.".formatted(field));
        return usual;
    }

    private @Nullable Action action(Checks checks) {
        if (action == null) {
            checks.fail("action", "action says what is done: {\"type\": \"send_email\", \"template\": \"welcome-1\"}.");
            return null;
        }
        var kind = Arrays.stream(Action.Kind.values()).filter(one -> one.key().equals(action.get("type"))).findFirst().orElse(null);
        if (kind == null) {
            checks.fail("action.type", "action.type is " + Arrays.stream(Action.Kind.values()).map(Action.Kind::key).collect(Collectors.joining(", ")) + ".");
            return null;
        }
        checks.json("action", action, MOST_CONFIG);
        var known = switch (kind) {
            case START_JOURNEY -> Map.of("journey", true, "variables", false);
            case ADD_TO_SEGMENT -> Map.of("segment", true);
            case WEBHOOK -> Map.of("url", true, "body", false);
            default -> Map.of("template", true, "data", false, "category", false, "subject", false);
        };
        action.keySet().stream().filter(name -> !name.equals("type") && !known.containsKey(name)).limit(3)
                .forEach(name -> checks.fail("action", "'%s' isn't known of %s: %s.".formatted(shown(name), kind.key(), String.join(", ", known.keySet().stream().sorted().toList()))));
        known.forEach((name, needed) -> {
            boolean map = name.equals("variables") || name.equals("data") || name.equals("body");
            Object value = action.get(name);
            if (needed) {
                checks.required("action." + name, value);
            }
            if (value != null && !(map ? value instanceof Map<?, ?> : value instanceof String text && text.length() <= 2_000)) {
                checks.fail("action." + name, "action.%s is %s.".formatted(name, map ? "an object" : "a text"));
            }
        });
        var config = new java.util.TreeMap<String, Object>();
        known.keySet().stream().filter(name -> action.get(name) != null).forEach(name -> config.put(name, action.get(name)));
        return new Action(kind, config);
    }

    private @Nullable Reentry reentry(Checks checks, @Nullable Action does) {
        boolean starts = does != null && does.kind() == Action.Kind.START_JOURNEY;
        if (reentry == null || !starts) {
            if (reentry != null && does != null) {
                checks.fail("reentry", "Only a journey is entered again: for %s a cap says how often.".formatted(does.kind().key()));
            }
            return starts ? new Reentry(Reentry.Policy.NOT_WHILE_INSIDE, 0) : null;
        }
        var policy = Arrays.stream(Reentry.Policy.values()).filter(one -> one.key().equals(reentry.policy())).findFirst().orElse(null);
        if (policy == null) {
            checks.fail("reentry.policy", "reentry.policy is once, after (with days), always or not_while_inside.");
            return null;
        }
        int days = Objects.requireNonNullElse(reentry.days(), 0);
        if (policy == Reentry.Policy.AFTER && (days < 1 || days > MOST_DAYS)) {
            checks.fail("reentry.days", "reentry.days is 1 to %d.".formatted(MOST_DAYS));
        }
        return new Reentry(policy, policy == Reentry.Policy.AFTER ? days : 0);
    }

    private @Nullable Cap cap(Checks checks) {
        if (cap == null) {
            return null;
        }
        int count = Objects.requireNonNullElse(cap.count(), 0);
        int days = Objects.requireNonNullElse(cap.days(), 0);
        if (count < 1 || count > 1_000) {
            checks.fail("cap.count", "cap.count is 1 to 1000.");
        }
        if (days < 1 || days > MOST_DAYS) {
            checks.fail("cap.days", "cap.days is 1 to %d.".formatted(MOST_DAYS));
        }
        return new Cap(count, days);
    }

    private static String shown(String text) {
        return text.length() > 60 ? text.substring(0, 60) + "…" : text;
    }
}
