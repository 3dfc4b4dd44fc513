package dev.drover.ruleset.language;

/** How a path is compared. */
public enum Operator {

    EQUAL("==", "Equal", "country == \"NL\""),
    NOT_EQUAL("!=", "Not equal", "country != \"NL\""),
    GREATER(">", "More than", "orders.count > 3"),
    AT_LEAST(">=", "At least", "orders.count >= 3"),
    LESS("<", "Less than", "orders.count < 3"),
    AT_MOST("<=", "At most", "orders.count <= 3"),
    IN("in", "One of these", "country in (\"NL\", \"BE\")"),
    NOT_IN("not in", "None of these", "country not in (\"NL\", \"BE\")"),
    CONTAINS("contains", "This text is somewhere in it; small and capital letters differ", "email contains \"@example.\""),
    NOT_CONTAINS("not contains", "This text is nowhere in it", "email not contains \"+\""),
    STARTS_WITH("str[startsWith]", "It begins with this text", "phone str[startsWith] \"+31\""),
    ENDS_WITH("str[endsWith]", "It ends with this text", "email str[endsWith] \".nl\"");

    private final String sign;
    private final String description;
    private final String example;

    Operator(String sign, String description, String example) {
        this.sign = sign;
        this.description = description;
        this.example = example;
    }

    public String description() {
        return description;
    }

    public String example() {
        return example;
    }

    /** As rules write it. */
    public String sign() {
        return sign;
    }

    public boolean takesMany() {
        return this == IN || this == NOT_IN;
    }

    boolean isOrder() {
        return this == GREATER || this == AT_LEAST || this == LESS || this == AT_MOST;
    }

    boolean isEquality() {
        return this == EQUAL || this == NOT_EQUAL;
    }

    /** Whether a value of this type can be compared so at all. */
    boolean suits(Type type) {
        return switch (type) {
            case NUMBER -> isOrder() || isEquality() || takesMany();
            case TEXT -> !isOrder();
            case FLAG, DAY -> isEquality();
            case MOMENT -> false;
        };
    }
}
