package dev.drover.ruleset.language;

import dev.drover.ruleset.fact.Data;
import java.util.List;

/** What rules may read of the data that a journey's step gives them. */
final class DataTerms {

    private DataTerms() {}

    static List<Term> all() {
        return List.of(
                term("text", Type.TEXT, "A value that is a text; null: there is none", "text(\"channel\") == \"app\"", Data::text),
                term("number", Type.NUMBER, "A value that is a number; without one every comparison but != fails", "number(\"cartTotal\") >= 50", Data::number),
                term("flag", Type.FLAG, "Whether a value is true", "flag(\"gift\")", Data::flag),
                term("has", Type.FLAG, "Whether there is such a value at all", "has(\"cartTotal\")", Data::has));
    }

    private interface Asked {

        Object of(Data data, String name);
    }

    private static Term term(String name, Type type, String description, String example, Asked asked) {
        return new Term(name, List.of(Argument.ATTRIBUTE), type, description, example, (fact, literals) -> asked.of((Data) fact, (String) literals.getFirst().value()));
    }
}
