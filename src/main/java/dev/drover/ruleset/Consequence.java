package dev.drover.ruleset;

import com.github.javaparser.JavaParser;
import com.github.javaparser.ParseResult;
import com.github.javaparser.ParseStart;
import com.github.javaparser.ParserConfiguration;
import com.github.javaparser.Position;
import com.github.javaparser.Providers;
import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.expr.MethodCallExpr;
import com.github.javaparser.ast.expr.StringLiteralExpr;
import com.github.javaparser.ast.stmt.BlockStmt;
import com.github.javaparser.ast.stmt.Statement;
import java.util.ArrayList;
import java.util.List;
import org.drools.drl.ast.descr.RuleDescr;

/** What stands between a rule's {@code then} and {@code end}, with places in the rule file. */
final class Consequence {

    record Place(int line, int column) {}

    private final int firstLine;
    /** Where the text begins on its first line, counted from 0. */
    private final int offset;
    private final ParseResult<BlockStmt> parsed;

    Consequence(RuleDescr rule, List<String> lines) {
        this.firstLine = Math.clamp(rule.getConsequenceLine(), 1, lines.size());
        this.offset = Math.max(0, lines.get(firstLine - 1).lastIndexOf("then") + "then".length());
        int lastLine = Math.clamp(rule.getEndLine(), firstLine, lines.size());
        String text = String.join("\n", lines.subList(firstLine - 1, lastLine)).substring(offset);
        int end = text.lastIndexOf("end");
        var language = new ParserConfiguration().setLanguageLevel(ParserConfiguration.LanguageLevel.JAVA_17);
        this.parsed = new JavaParser(language).parse(ParseStart.BLOCK, Providers.provider("{" + (end < 0 ? text : text.substring(0, end)) + "}"));
    }

    /** What isn't Java at all. */
    List<RuleProblem> problems() {
        var problems = new ArrayList<RuleProblem>();
        parsed.getProblems().forEach(problem -> {
            Place place = problem.getLocation().flatMap(range -> range.getBegin().getRange()).map(range -> place(range.begin)).orElse(new Place(firstLine, 1));
            String words = problem.getVerboseMessage().replaceFirst("^\\(line \\d+,col \\d+\\) ", "").lines().findFirst().orElse("");
            int expected = words.indexOf(", expected one of");
            problems.add(RuleProblem.error(place.line(), place.column(), (expected < 0 ? words : words.substring(0, expected))
                    .replaceFirst("^Parse error. Found +", "Not expected here: ")));
        });
        return problems;
    }

    /** Calls of a verb whose segment isn't written out: nobody could tell which segments the rules make. */
    List<RuleProblem> unnamedSegments() {
        var problems = new ArrayList<RuleProblem>();
        parsed.getResult().ifPresent(block -> block.findAll(MethodCallExpr.class).stream()
                .filter(call -> call.getNameAsString().equals("enter") && call.getArguments().size() == 3)
                .filter(call -> !(call.getArgument(1) instanceof StringLiteralExpr key) || !key.getValue().matches("[a-z0-9][a-z0-9-]{0,99}"))
                .forEach(call -> {
                    Place place = place(call.getArgument(1));
                    problems.add(RuleProblem.error(place.line(), place.column(),
                            "The segment's key must be written out here, in small letters, digits and '-', such as \"lapsed\"."));
                }));
        return problems;
    }

    /** Where the word stands in the statement that the compiler wrote down like this. */
    Place find(String printed, String word) {
        var statements = parsed.getResult().map(block -> block.findAll(Statement.class)).orElse(List.of());
        for (Statement statement : statements) {
            if (!(statement instanceof BlockStmt) && statement.toString().strip().equals(printed.strip())) {
                return statement.findAll(Node.class).stream().filter(node -> node.getChildNodes().isEmpty() && node.toString().equals(word))
                        .findFirst().map(this::place).orElseGet(() -> place(statement));
            }
        }
        return new Place(firstLine, 1);
    }

    private Place place(Node node) {
        return node.getBegin().map(this::place).orElse(new Place(firstLine, 1));
    }

    /** The opening brace we put in front takes one column of the first line. */
    private Place place(Position at) {
        return new Place(firstLine + at.line - 1, at.line == 1 ? at.column - 1 + offset : at.column);
    }
}
