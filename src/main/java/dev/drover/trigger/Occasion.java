package dev.drover.trigger;

import java.time.LocalTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a trigger waits for. */
sealed interface Occasion {

    /** As the API and the database call it. */
    String type();

    /** What the database keeps beyond the type and the event's name; read again by {@link #of}. */
    default Map<String, Object> config() {
        return Map.of();
    }

    /** Names of the events of the log that it is made of. */
    default Set<String> events() {
        return Set.of();
    }

    /** Whether conditions may ask for what an event tells. */
    default boolean tells() {
        return !events().isEmpty();
    }

    /** For people: "when order.placed happens". */
    String words();

    record OnEvent(String name) implements Occasion {

        @Override
        public String type() {
            return "event";
        }

        @Override
        public Set<String> events() {
            return Set.of(name);
        }

        @Override
        public String words() {
            return name + " happens";
        }
    }

    record SegmentEntry(String segment) implements Occasion {

        @Override
        public String type() {
            return "segment_entry";
        }

        @Override
        public Map<String, Object> config() {
            return Map.of("segment", segment);
        }

        @Override
        public Set<String> events() {
            return Set.of("segment.entered");
        }

        @Override
        public String words() {
            return "somebody enters the segment " + segment;
        }
    }

    record SegmentExit(String segment) implements Occasion {

        @Override
        public String type() {
            return "segment_exit";
        }

        @Override
        public Map<String, Object> config() {
            return Map.of("segment", segment);
        }

        @Override
        public Set<String> events() {
            return Set.of("segment.left");
        }

        @Override
        public String words() {
            return "somebody leaves the segment " + segment;
        }
    }

    /**
     * @param field      {@code birthday}, or {@code attributes.NAME} with an ISO date in it
     * @param offsetDays before (negative) or after the date
     * @param at         on the customer's clock
     * @param yearly     each year again; a birthday always
     */
    record OnDate(String field, int offsetDays, LocalTime at, boolean yearly) implements Occasion {

        static final String BIRTHDAY = "birthday";
        private static final String ATTRIBUTE = "attributes.";

        /** @return {@code null}: it is the birthday */
        @Nullable String attribute() {
            return field.startsWith(ATTRIBUTE) ? field.substring(ATTRIBUTE.length()) : null;
        }

        @Override
        public String type() {
            return "date";
        }

        @Override
        public Map<String, Object> config() {
            var config = new LinkedHashMap<String, Object>();
            config.put("field", field);
            config.put("offsetDays", offsetDays);
            config.put("at", at.toString());
            config.put("yearly", yearly);
            return config;
        }

        @Override
        public String words() {
            String what = attribute() == null ? "the birthday" : "the date " + attribute();
            String days = Math.abs(offsetDays) == 1 ? "1 day" : Math.abs(offsetDays) + " days";
            return (offsetDays == 0 ? "on " + what : days + (offsetDays < 0 ? " before " : " after ") + what) + " at " + at;
        }
    }

    /** @param kinds names of events; empty: any sign of life */
    record Inactivity(List<String> kinds, int days) implements Occasion {

        @Override
        public String type() {
            return "inactivity";
        }

        @Override
        public Map<String, Object> config() {
            return Map.of("events", kinds, "days", days);
        }

        @Override
        public String words() {
            return (kinds.isEmpty() ? "no sign of life" : "no " + String.join(" or ", kinds)) + " for " + (days == 1 ? "a day" : days + " days");
        }
    }

    /** What was checked before it was kept. */
    static Occasion of(String type, @Nullable String event, Map<String, Object> config) {
        return switch (type) {
            case "event" -> new OnEvent(String.valueOf(event));
            case "segment_entry" -> new SegmentEntry(String.valueOf(config.get("segment")));
            case "segment_exit" -> new SegmentExit(String.valueOf(config.get("segment")));
            case "date" -> new OnDate(String.valueOf(config.get("field")), ((Number) config.get("offsetDays")).intValue(), LocalTime.parse(String.valueOf(config.get("at"))),
                    Boolean.TRUE.equals(config.get("yearly")));
            case "inactivity" -> new Inactivity(((List<?>) config.get("events")).stream().map(String::valueOf).toList(), ((Number) config.get("days")).intValue());
            default -> throw new IllegalStateException("No type of trigger: " + type);
        };
    }
}
