package dev.drover.ruleset.language;

import dev.drover.ruleset.language.Token.Kind;
import java.math.BigDecimal;

/** Reads what is written out: {@code 12.50}, {@code -3}, {@code "NL"}, {@code true}, {@code null}. */
final class Literals {

    private static final BigDecimal LARGEST = BigDecimal.valueOf(1_000_000_000);

    private Literals() {}

    static Literal read(Words words) {
        Token first = words.next();
        if (first.is("-") && words.second().kind() == Kind.NUMBER && words.second().startsRightAfter(first)) {
            words.take();
            return new Literal(first.place(), number(words.take(), true));
        }
        if (first.kind() == Kind.NUMBER) {
            return new Literal(first.place(), number(words.take(), false));
        }
        if (first.kind() == Kind.TEXT) {
            return new Literal(first.place(), words.take().text());
        }
        if (first.is("true") || first.is("false")) {
            return new Literal(first.place(), words.take().is("true"));
        }
        if (first.is("null")) {
            words.take();
            return new Literal(first.place(), null);
        }
        if (first.kind() == Kind.SIGN && !first.is("(") && !first.is(")") || first.kind() == Kind.VARIABLE) {
            throw Foreign.inCondition(words);
        }
        throw first.kind() == Kind.WORD && words.second().kind() != Kind.END ? Foreign.asLiteral(words) : words.unexpected("a value written out, such as 5 or \"NL\"");
    }

    static BigDecimal number(Token token, boolean negative) {
        var number = new BigDecimal(token.text());
        if (number.compareTo(LARGEST) > 0) {
            throw new Refused(token.place(), "Numbers go up to a billion here.");
        }
        return negative ? number.negate() : number;
    }
}
