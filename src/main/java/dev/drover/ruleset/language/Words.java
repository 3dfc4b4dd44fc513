package dev.drover.ruleset.language;

import dev.drover.ruleset.language.Token.Kind;
import java.util.List;
import java.util.stream.Collectors;

/** Goes through the words of a rule file, one after the other. */
final class Words {

    private final String source;
    private final List<Token> tokens;
    private int at;

    Words(String source) {
        this.source = source;
        this.tokens = new Scanner(source).scan();
    }

    /** The next word, which stays the next. */
    Token next() {
        return tokens.get(at);
    }

    /** The one after the next. */
    Token second() {
        return tokens.get(Math.min(at + 1, tokens.size() - 1));
    }

    /** The last one taken. */
    Token last() {
        return tokens.get(Math.max(0, at - 1));
    }

    Token take() {
        Token token = next();
        if (token.kind() == Kind.BROKEN) {
            throw new Refused(token.place(), token.text());
        }
        if (at < tokens.size() - 1) {
            at++;
        }
        return token;
    }

    boolean takeIf(String word) {
        if (next().is(word)) {
            at++;
            return true;
        }
        return false;
    }

    /** @param expected for the complaint */
    Token take(Kind kind, String expected) {
        if (next().kind() != kind) {
            throw unexpected(expected);
        }
        return take();
    }

    void expect(String word, String where) {
        if (takeIf(word)) {
            return;
        }
        Token last = last();
        if (at > 0 && last.place().line() < next().place().line() && next().kind() != Kind.BROKEN) {
            // The next line is rarely where the mistake is.
            throw new Refused(new Place(last.place().line(), last.place().column() + last.end() - last.start()), "'%s' is missing here, %s.".formatted(word, where));
        }
        throw unexpected("'%s' %s".formatted(word, where));
    }

    Refused unexpected(String expected) {
        Token token = next();
        return new Refused(token.place(), token.kind() == Kind.BROKEN ? token.text() : "Not expected here: %s. What belongs here is %s.".formatted(token.shown(), expected));
    }

    /** On to the next rule, whatever stands in between. */
    void skipToNextRule() {
        while (next().kind() != Kind.END && !startsRule()) {
            at++;
        }
    }

    /** Whether a rule begins here: a line with the word and a name, or what follows an {@code end}. */
    boolean startsRule() {
        return next().is("rule") && second().kind() == Kind.TEXT && (at == 0 || last().is("end") || last().place().line() < next().place().line());
    }

    /** What was written between these, on one line. Not by a regular expression: one for blanks around an end of line takes minutes for a line of blanks. */
    String written(Token from, Token to) {
        return source.substring(from.start(), to.end()).lines().map(String::strip).filter(line -> !line.isEmpty()).collect(Collectors.joining(" "));
    }
}
