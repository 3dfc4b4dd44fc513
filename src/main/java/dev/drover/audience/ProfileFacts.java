package dev.drover.audience;

import dev.drover.kernel.Json;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What other floors say of a customer, as a page shows it: plain lines, whatever their shape. */
record ProfileFacts(String title, List<Fact> facts) {

    /**
     * @param value  in one or two words
     * @param since  when it became so
     * @param reason why
     * @param link   to a page with more
     */
    record Fact(String name, @Nullable String value, Shown.@Nullable Time since, @Nullable String reason, @Nullable String link) {}

    static ProfileFacts of(String part, Object said) {
        // Records and enums become maps and texts, as in the API's answer.
        Object plain = Json.map(Json.write(Map.of("part", said))).get("part");
        var facts = new ArrayList<Fact>();
        if (plain instanceof List<?> many) {
            many.forEach(one -> facts.add(listed(part, one)));
        } else if (plain instanceof Map<?, ?> named) {
            named.forEach((name, value) -> {
                if (value != null) {
                    facts.add(named(String.valueOf(name), value));
                }
            });
        }
        return new ProfileFacts(part.equals("rfm") ? "RFM" : Shown.words(part), facts);
    }

    private static Fact listed(String part, Object one) {
        if (!(one instanceof Map<?, ?> map)) {
            return new Fact(String.valueOf(one), null, null, null, null);
        }
        String key = text(map, "key");
        String name = text(map, "name");
        String link = part.equals("segments") && key != null ? "/segments/" + key : null;
        return new Fact(name != null ? name : key != null ? key : "", null, since(map), text(map, "reason"), link);
    }

    private static Fact named(String name, @Nullable Object value) {
        if (value instanceof List<?> many) {
            return new Fact(Shown.words(name), many.isEmpty() ? "none" : many.stream().map(String::valueOf).collect(Collectors.joining(", ")), null, null, null);
        }
        if (value instanceof Map<?, ?> map) {
            Object granted = map.get("granted");
            String source = text(map, "source");
            if (Boolean.TRUE.equals(map.get("pending"))) {
                return new Fact(Shown.words(name), "not confirmed yet", since(map), "asked for by mail", null);
            }
            String basis = text(map, "basis");
            if (Boolean.TRUE.equals(granted) && basis != null && !basis.equals("express") && text(map, "basisAt") != null) {
                return new Fact(Shown.words(name), "yes, implied", Shown.time(Instant.parse(text(map, "basisAt"))), "by " + (basis.equals("purchase") ? "a purchase" : "an inquiry"), null);
            }
            return new Fact(Shown.words(name), granted == null ? null : Boolean.TRUE.equals(granted) ? "yes" : source == null ? "never given" : "no", since(map),
                    source == null ? text(map, "reason") : "by " + source, null);
        }
        return new Fact(Shown.words(name), value == null ? "not said" : value.toString(), null, null, null);
    }

    private static Shown.@Nullable Time since(Map<?, ?> map) {
        for (String name : new String[] {"since", "changedAt", "at"}) {
            String at = text(map, name);
            if (at != null) {
                try {
                    return Shown.time(Instant.parse(at));
                } catch (DateTimeException e) {
                    return null;
                }
            }
        }
        return null;
    }

    private static @Nullable String text(Map<?, ?> map, String name) {
        Object value = map.get(name);
        return value == null ? null : value.toString();
    }
}
