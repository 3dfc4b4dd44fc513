package dev.drover.segment.builder;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How a field is compared. */
public enum Relation {

    EQ("="), NEQ("!="), GT(">"), GTE(">="), LT("<"), LTE("<="), CONTAINS, IN, BETWEEN, WITHIN_LAST, NOT_WITHIN_LAST,
    /** In JSON {@code neq null}: there is one at all. */
    KNOWN,
    /** In JSON {@code eq null}. */
    UNKNOWN;

    private final List<String> signs;

    Relation(String... signs) {
        this.signs = List.of(signs);
    }

    static Optional<Relation> named(String name) {
        String plain = name.strip().toLowerCase(Locale.ROOT).replace("==", "=").replace("<>", "!=");
        return Arrays.stream(values()).filter(one -> one.signs.contains(plain) || one.name().toLowerCase(Locale.ROOT).equals(plain)).findFirst();
    }

    String jsonName() {
        return switch (this) {
            case KNOWN -> "neq";
            case UNKNOWN -> "eq";
            default -> name().toLowerCase(Locale.ROOT);
        };
    }

    boolean takesList() {
        return this == IN || this == BETWEEN;
    }

    boolean isOrder() {
        return this == GT || this == GTE || this == LT || this == LTE || this == BETWEEN;
    }

    /** As rules write a comparison with one value. */
    String sign() {
        return this == EQ ? "==" : signs.getFirst();
    }

    /** Whether {@code a relation b} by these two's order. */
    boolean holds(int order) {
        return switch (this) {
            case EQ -> order == 0;
            case NEQ -> order != 0;
            case GT -> order > 0;
            case GTE -> order >= 0;
            case LT -> order < 0;
            case LTE -> order <= 0;
            default -> throw new IllegalStateException(name());
        };
    }
}
