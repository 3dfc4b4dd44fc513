package dev.drover.template;

import com.helger.css.decl.CSSDeclaration;
import com.helger.css.decl.CSSSelector;
import com.helger.css.decl.CSSStyleRule;
import com.helger.css.reader.CSSReader;
import com.helger.css.reader.CSSReaderSettings;
import com.helger.css.reader.errorhandler.DoNothingCSSInterpretErrorHandler;
import com.helger.css.reader.errorhandler.DoNothingCSSParseErrorHandler;
import com.helger.css.handler.DoNothingCSSParseExceptionCallback;
import com.helger.css.writer.CSSWriterSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;
import org.jsoup.select.Selector;

/**
 * Writes what a mail's style sheet says into the elements it is about, because some mail programs read nothing else. The sheet stays, with its
 * media queries. Only style attributes change; every other character stays where it is.
 */
final class CssInliner {

    private static final CSSWriterSettings WRITER = new CSSWriterSettings().setOptimizedOutput(false);
    private static final int MOST_RULES = 1_000;
    /** What nests deeper is no mail; matching selectors upwards would take for ever. */
    private static final int DEEPEST = 80;
    private static final long LONGEST = Duration.ofSeconds(1).toNanos();
    private static final Pattern IDS = Pattern.compile("#[\\w-]+");
    private static final Pattern CLASSES = Pattern.compile("\\.[\\w-]+|\\[[^]]*]");
    private static final Pattern NAMES = Pattern.compile("(?:^|[\\s>+~])[a-zA-Z][\\w-]*");

    /** @param weight by ids, classes and names @param order in the sheets */
    private record Rule(String selector, int weight, int order, List<CSSDeclaration> declarations) {}

    private CssInliner() {}

    /** The source with longer style attributes; what can't be read as CSS is passed over. */
    static String inlined(Markup markup) {
        var rules = rules(markup);
        if (rules.isEmpty() || markup.document().getAllElements().stream().anyMatch(element -> depth(element) > DEEPEST)) {
            return markup.source();
        }
        long since = System.nanoTime();
        Map<Element, List<CSSDeclaration>> found = new LinkedHashMap<>();
        for (Rule rule : rules) {
            if (System.nanoTime() - since > LONGEST) {
                return markup.source();
            }
            select(markup, rule.selector()).forEach(element -> found.computeIfAbsent(element, one -> new ArrayList<>()).addAll(rule.declarations()));
        }
        var splices = new Splices(markup.source());
        found.forEach((element, declarations) -> splice(markup, element, declarations, splices));
        return splices.apply();
    }

    private static int depth(Element element) {
        int depth = 0;
        for (Element one = element; one != null && depth <= DEEPEST; one = one.parent()) {
            depth++;
        }
        return depth;
    }

    private static List<Element> select(Markup markup, String selector) {
        try {
            return markup.document().select(selector).stream().filter(markup::written).filter(element -> !element.is("head, head *, html")).toList();
        } catch (Selector.SelectorParseException | IllegalArgumentException e) {
            return List.of();
        }
    }

    private static List<Rule> rules(Markup markup) {
        var rules = new ArrayList<Rule>();
        for (Element style : markup.document().select("style")) {
            if (style.hasAttr("media") && !style.attr("media").matches("(?i)\\s*(all|screen)?\\s*")) {
                continue;
            }
            var sheet = CSSReader.readFromStringReader(style.data(), new CSSReaderSettings().setBrowserCompliantMode(true)
                    .setCustomErrorHandler(new DoNothingCSSParseErrorHandler()).setCustomExceptionHandler(new DoNothingCSSParseExceptionCallback())
                    .setInterpretErrorHandler(new DoNothingCSSInterpretErrorHandler()));
            if (sheet == null) {
                continue;
            }
            for (CSSStyleRule rule : sheet.getAllStyleRules()) {
                for (CSSSelector selector : rule.getAllSelectors()) {
                    String text = selector.getAsCSSString(WRITER, 0).strip();
                    // What depends on the mouse or makes content of its own can't stand in an attribute.
                    if (!text.contains(":") && !text.equals("*") && text.length() <= 200 && rules.size() < MOST_RULES) {
                        rules.add(new Rule(text, weight(text), rules.size(), rule.getAllDeclarations()));
                    }
                }
            }
        }
        rules.sort(Comparator.comparingInt(Rule::weight).thenComparingInt(Rule::order));
        return rules;
    }

    private static int weight(String selector) {
        return count(IDS, selector) * 10_000 + count(CLASSES, selector) * 100 + count(NAMES, selector);
    }

    private static int count(Pattern pattern, String text) {
        return (int) pattern.matcher(text).results().count();
    }

    /** The element's own declarations come last and so win, unless the sheet insists. */
    private static void splice(Markup markup, Element element, List<CSSDeclaration> declarations, Splices splices) {
        var last = new HashMap<String, CSSDeclaration>();
        declarations.stream().filter(one -> !one.isImportant()).forEach(one -> last.put(one.getProperty(), one));
        var firm = new HashMap<String, CSSDeclaration>();
        declarations.stream().filter(CSSDeclaration::isImportant).forEach(one -> firm.put(one.getProperty(), one));
        firm.keySet().forEach(last::remove);
        String before = text(declarations, last);
        String after = text(declarations, firm);
        var own = markup.attribute(element, "style").filter(style -> element.attributes().sourceRange("style").isTracked() && !style.value().isBlank());
        if (own.isPresent()) {
            int at = own.get().at();
            String value = own.get().value().strip();
            char quote = markup.source().charAt(at - 1);
            if (quote == '"' || quote == '\'') {
                splices.insert(at, quoted(before, quote));
                splices.insert(at + own.get().value().length(), after.isEmpty() ? "" : (value.endsWith(";") ? "" : ";") + quoted(after, quote));
            }
        } else if (!element.hasAttr("style") && !(before + after).isEmpty()) {
            splices.insert(markup.at(element) + 1 + element.tagName().length(), " style=\"" + before + after + "\"");
        }
    }

    private static String quoted(String style, char quote) {
        return quote == '"' ? style : style.replace('\'', '"');
    }

    private static String text(List<CSSDeclaration> order, Map<String, CSSDeclaration> wanted) {
        var text = new StringBuilder();
        order.stream().filter(one -> wanted.get(one.getProperty()) == one)
                .forEach(one -> text.append(one.getProperty()).append(':').append(one.getExpressionAsCSSString().replace('"', '\'')).append(one.isImportant() ? " !important;" : ";"));
        return text.toString();
    }
}
