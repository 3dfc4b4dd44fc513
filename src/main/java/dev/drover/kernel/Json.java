package dev.drover.kernel;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** JSON as PostgreSQL's {@code jsonb} columns hold it. Numbers with a fraction come back as {@link java.math.BigDecimal}. */
public final class Json {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(tools.jackson.databind.DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};

    private Json() {}

    public static String write(@Nullable Object value) {
        return MAPPER.writeValueAsString(value);
    }

    /** For people to read. */
    public static String pretty(@Nullable Object value) {
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value);
    }

    /** @return an empty map for {@code null} */
    public static Map<String, Object> map(@Nullable String json) {
        return json == null ? Map.of() : MAPPER.readValue(json, MAP);
    }

    /** @throws Problem rejected when the text isn't what the type asks for, naming the line and column */
    public static <T> T read(String json, Class<T> type) {
        try {
            return MAPPER.readValue(json, type);
        } catch (JacksonException e) {
            var at = e.getLocation();
            throw Problem.rejected("Not the JSON expected here (line %d, column %d): %s"
                    .formatted(at == null ? 1 : at.getLineNr(), at == null ? 1 : at.getColumnNr(), e.getOriginalMessage()));
        }
    }
}
