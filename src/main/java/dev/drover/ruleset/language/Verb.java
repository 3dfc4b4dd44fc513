package dev.drover.ruleset.language;

import java.util.List;

/**
 * What rules of a group may say.
 *
 * @param global     by which rules call it
 * @param parameters in their order
 */
public record Verb(String global, String name, List<Parameter> parameters, String description, String example) {

    public enum Parameter {

        CUSTOMER("the variable of the customer, such as $c"),
        MESSAGE("the variable of the message, such as $message"),
        SEGMENT("the segment's key, written out"),
        DECISION("the decision, written out"),
        UNTIL("the variable of a moment, such as $morning : nextLocal(8)"),
        REASON("the reason, a text");

        final String words;

        Parameter(String words) {
            this.words = words;
        }
    }

    public String signature() {
        return global + "." + name;
    }
}
