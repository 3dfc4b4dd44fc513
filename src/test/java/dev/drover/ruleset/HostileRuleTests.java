package dev.drover.ruleset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules of somebody who wants more than rules. Each is refused on its line, in words, at once, and nothing of it runs. */
class HostileRuleTests {

    private static final String HIT = "System.setProperty(\"drover.hostile\", \"hit\")";
    private static final Duration AT_ONCE = Duration.ofSeconds(10);

    /** The compiler must not be needed to refuse it. */
    private final RuleChecker checker = new RuleChecker(new Compiler() {
        @Override
        List<Complaint> complaints(RuleSource source) {
            throw new AssertionError("This got as far as the compiler: " + source.text());
        }
    });

    static Stream<Arguments> rules() {
        return Stream.of(files(), attributes(), patterns(), conditions(), consequences(), disguises(), sizes()).flatMap(List::stream);
    }

    /** Around rules. */
    private static List<Arguments> files() {
        return List.of(
                file("import of a class", "import java.lang.Runtime;", "Only facts"),
                file("import of everything", "import java.util.*;", "Only facts"),
                file("import of a fact's neighbour", "import dev.drover.ruleset.fact.SegmentVerbs;", "Only facts"),
                file("import of a package below", "import dev.drover.ruleset.fact.evil.*;", "Only facts"),
                file("static import", "import static java.lang.System.exit;", "Functions can't be imported"),
                file("function import", "import function java.lang.System.exit;", "Functions can't be imported"),
                file("accumulate import", "import accumulate java.lang.Runtime run;", "Functions can't be imported"),
                file("function", "function boolean f() { " + HIT + "; return true; }", "can't hold functions"),
                file("declared type", "declare Evil name : String end", "can't declare types"),
                file("declared type that extends", "declare Evil extends dev.drover.ruleset.fact.Customer end", "can't declare types"),
                file("declared trait", "declare trait Evil end", "can't declare types"),
                file("declared window", "declare window W Customer() over window:time(1h) end", "can't declare types"),
                file("declared entry point", "declare entry-point evil end", "can't declare types"),
                file("query", "query \"q\" $c : Customer() end", "can't hold queries"),
                file("another global", "global java.lang.Runtime runtime;", "only global"),
                file("our global of another type", "global java.lang.Runtime segments;", "only global"),
                file("global of another group", "global dev.drover.ruleset.fact.DeliveryVerbs delivery;", "only global"),
                file("dialect of the package", "dialect \"mvel\"", "dialect can't be chosen"),
                file("attribute of the package", "agenda-group \"x\"", "What belongs here is a rule"),
                file("language of its own", "expander evil.dsl", "What belongs here is a rule"),
                file("line of a language of its own", "[condition][]There is evil=eval( true )", "What belongs here is a rule"),
                file("markup around rules", "<![CDATA[", "What belongs here is a rule"),
                file("unit", "unit Evil;", "can't name a unit"),
                file("rule template", "template header", "can't hold templates"),
                file("code around rules", HIT + ";", "What belongs here is a rule"));
    }

    private static List<Arguments> attributes() {
        return List.of(
                attribute("dialect of a rule", "dialect \"mvel\"", "only salience and no-loop"),
                attribute("computed salience", "salience ( " + HIT + ".length() )", "a whole number"),
                attribute("salience from a value", "salience $c.getId()", "a whole number"),
                attribute("timer", "timer ( int: 0 1s )", "'timer' can't be set"),
                attribute("calendars", "calendars \"x\"", "'calendars' can't be set"),
                attribute("start date", "date-effective \"01-Jan-2020\"", "'date' can't be set"),
                attribute("end date", "date-expires \"01-Jan-2020\"", "'date' can't be set"),
                attribute("duration", "duration 1000", "'duration' can't be set"),
                attribute("agenda group", "agenda-group \"x\"", "'agenda' can't be set"),
                attribute("rule flow group", "ruleflow-group \"x\"", "can't be set"),
                attribute("activation group", "activation-group \"x\"", "'activation' can't be set"),
                attribute("auto focus", "auto-focus true", "'auto' can't be set"),
                attribute("lock on active", "lock-on-active true", "'lock' can't be set"),
                attribute("switch", "enabled ( " + HIT + " == null )", "'enabled' can't be set"),
                attribute("rule that extends another", "extends \"other\"", "'extends' can't be set"),
                attribute("annotation", "@Expires(1s)", "Annotations aren't part"),
                attribute("annotation of properties", "@Propagation(IMMEDIATE)", "Annotations aren't part"));
    }

    /** Between when and then. */
    private static List<Arguments> patterns() {
        return List.of(
                pattern("line of a language of its own", "There is evil", "There is no fact 'There'"),
                pattern("line that is passed on as it is", "> eval( true )", "Not expected here: '>'"),
                pattern("markup", "<![CDATA[ eval( true ) ]]>", "Not expected here: '<'"),
                pattern("window over time", "Message( ) over window:time( 1h )", "There is no fact 'Message'"),
                pattern("eval", "eval( " + HIT + " == null )", "'eval' isn't part"),
                pattern("another fact", "Object( )", "There is no fact 'Object'"),
                pattern("fact by its full name", "dev.drover.ruleset.fact.Customer( )", "There is no fact 'dev'"),
                pattern("class of the platform", "$r : java.lang.Runtime( )", "There is no fact 'java'"),
                pattern("not", "not Customer( orders.count > 3 )", "'not' isn't part"),
                pattern("exists", "exists Customer( orders.count > 3 )", "'exists' isn't part"),
                pattern("forall", "forall( Customer( orders.count > 3 ) )", "'forall' isn't part"),
                pattern("accumulate", "accumulate( Customer( $n : orders.count ); $sum : sum($n) )", "'accumulate' isn't part"),
                pattern("accumulate with code", "Number( ) from accumulate( Customer( ), init( " + HIT + "; ), action( ), result( 1 ) )", "There is no fact 'Number'"),
                pattern("from a call", "$x : Customer( ) from java.lang.Runtime.getRuntime()", "A rule is about one Customer"),
                pattern("from behind the fact", "Customer( ) from collect( Customer( ) )", "A rule is about one Customer"),
                pattern("entry point", "Customer( ) from entry-point \"x\"", "A rule is about one Customer"),
                pattern("a customer too many", "Customer( orders.count > 3 )", "A rule is about one Customer"),
                pattern("path through objects", "/customers[ orders.count > 3 ]", "Not expected here: '/'"),
                pattern("query call", "?q( $x; )", "Not expected here: '?'"),
                pattern("or between facts", "or Customer( )", "'or' isn't part"),
                pattern("facts in parentheses", "( Customer( ) or Customer( ) )", "Not expected here: '('"),
                pattern("named consequence", "do[evil]", "There is no fact 'do'"),
                pattern("if with break", "if ( true ) break[evil]", "There is no fact 'if'"));
    }

    /** Inside of Customer( … ). */
    private static List<Arguments> conditions() {
        return List.of(
                condition("Runtime", "Runtime.getRuntime().exec(\"id\") != null", "'Runtime.getRuntime'|no 'Runtime'|'()'"),
                condition("full name of a class", "java.lang.System.exit(0) == null", "Customer has no 'java'"),
                condition("static property", "System.getProperty(\"user.home\") != null", "Customer has no 'System'"),
                condition("reflection", "class.forName(\"java.lang.Runtime\") != null", "'class' isn't part"),
                condition("class of the fact", "getClass().getName() != null", "Customer has no 'getClass'"),
                condition("class of a value", "country.class.name == \"x\"", "'country' has no parts"),
                condition("class loader", "orders.class.classLoader != null", "Orders has no 'class"),
                condition("class literal", "String.class != null", "Customer has no 'String'"),
                condition("this", "this.orders.count > 3", "'this' isn't part"),
                condition("constructor", "new java.io.File(\"/\") != null", "'new' isn't part"),
                condition("new socket", "country == new java.net.Socket(\"localhost\", 80)", "'new' isn't part"),
                condition("call of the text", "country.concat(country) == \"x\"", "Only what is written out"),
                condition("call on what is written out", "\"x\".repeat(1000000000) == country", "What is compared stands on the left"),
                condition("call behind a value", "country == \"x\".repeat(1000000000)", "Not expected here: '.'"),
                condition("argument that is code", "text( " + HIT + " ) == \"x\"", "Only what is written out"),
                condition("argument that is a path", "text( country ) == \"x\"", "Only what is written out"),
                condition("method that isn't for rules", "momentOf(\"x\") > 3", "Customer has no 'momentOf'"),
                condition("verb between layers", "entered(\"vip\") == null", "Customer has no 'entered'"),
                condition("arrays behind a fact", "orders.purchases.at != null", "Orders has no 'purchases.at'"),
                condition("getter by its name", "orders.getCount() > 3", "Orders has no 'getCount'"),
                condition("eval in a condition", "eval( " + HIT + " == null )", "'eval' isn't part"),
                condition("lambda", "orders.count > ((java.util.function.Supplier<Integer>) () -> 1).get()", "Not expected here: '('"),
                condition("lambda as argument", "text( x -> x ) == \"y\"", "Only what is written out"),
                condition("method reference", "orders::getCount > 3", "a condition, ',' or ')'|compared by its parts"),
                condition("ternary", "orders.count > 3 ? true : false", "'?' isn't part"),
                condition("assignment", "orders.count = 3", "can't be set"),
                condition("counting up", "orders.count++ > 3", "Nothing is calculated"),
                condition("arithmetic", "orders.count * 2 > 3", "Nothing is calculated"),
                condition("arithmetic on the right", "orders.count > 3 + 3", "Nothing is calculated"),
                condition("division by zero", "orders.count > 1 / 0", "Nothing is calculated"),
                condition("bits", "orders.count & 1 == 1", "Write && for and"),
                condition("cast", "(String) country == \"x\"", "Customer has no 'String'"),
                condition("inline cast", "orders#java.lang.Runtime.exec(\"id\") != null", "Casts aren't part"),
                condition("null-safe call", "country!.length() > 3", "'!' stands before"),
                condition("array access", "orders[0] != null", "Nothing is reached by '[ ]'"),
                condition("attribute by brackets", "attributes[\"x\"] == \"y\"", "Nothing is reached by '[ ]'"),
                condition("list", "country == [\"a\", \"b\"]", "Nothing is reached by '[ ]'"),
                condition("array of texts", "country in {\"a\"}", "'(' before the list of values"),
                condition("in a collection", "country in ( java.util.List.of(\"a\") )", "Only what is written out"),
                condition("memberOf", "country memberOf \"abc\"", "'memberOf' isn't part"),
                condition("catastrophic regex", "email matches \"(a+)+$\"", "Regular expressions"),
                condition("regex turned round", "email not matches \"(a+)+$\"", "'in' or 'contains'"),
                condition("soundslike", "country soundslike \"x\"", "'soundslike' isn't part"),
                condition("length of a text", "country str[length] 3", "no 'str[length]'"),
                condition("own operator", "country evil \"x\"", "a condition, ',' or ')'"),
                condition("instanceof", "country instanceof String", "'instanceof' isn't part"),
                condition("variable in a condition", "orders.count > $c.id", "'$c' can't be used"),
                condition("value kept and compared", "$n : orders.count > 3", "in a part of its own"),
                condition("value of code", "$n : " + HIT, "Customer has no 'System'"),
                condition("binding by :=", "$n := orders.count", "can't be set"),
                condition("half a condition", "orders.count (> 3 && < 5)", "Name again"),
                condition("semicolon in between", "orders.count > 3; " + HIT, "No ';'"),
                condition("way out of the pattern", "orders.count > 3 ) eval( " + HIT + " == null", "'eval' isn't part"),
                condition("switch over a text", "switch (country) { default -> true }", "'switch' isn't part"),
                condition("text in single quotes", "country == 'NL'", "double quotes"),
                condition("text block", "country == \"\"\"\nNL\"\"\"", "Texts over several lines"),
                condition("text as code for a number", "orders.revenue >= \"Double.valueOf(" + HIT.replace("\"", "\\\"") + ")\"", "stands where a number is expected"),
                condition("number of Java's", "orders.count > 0x10", "is no number"),
                condition("number with an exponent", "orders.count > 1e9", "is no number"),
                condition("number without end", "orders.count > " + "9".repeat(5_000), "too many digits"));
    }

    /** Between then and end. */
    private static List<Arguments> consequences() {
        return List.of(
                consequence("System.exit", "System.exit(1);", "There is no 'System' here"),
                consequence("full name of a class", "java.lang.System.exit(1);", "There is no 'java' here"),
                consequence("endless loop", "while (true) { }", "Not expected here: 'while'"),
                consequence("loop", "for (;;) { }", "Not expected here: 'for'"),
                consequence("loop turned round", "do { } while (true);", "Not expected here: 'do'"),
                consequence("block", "{ " + HIT + "; }", "Not expected here: '{'"),
                consequence("local variable", "String s = \"x\";", "Not expected here: 'String'"),
                consequence("huge text", "segments.enter($c, \"x\", \"x\".repeat(1000000000));", "Not expected here: '.'"),
                consequence("text that doubles", "String s = \"x\"; for (;;) s += s;", "Not expected here: 'String'"),
                consequence("call in a reason", "segments.enter($c, \"x\", \"a\" + $c.getEmail());", "whole Customer|'.'"),
                consequence("code in a reason", "segments.enter($c, \"x\", " + HIT + ");", "a text in quotes, a number or a variable"),
                consequence("code for a key", "segments.enter($c, " + HIT + ", \"x\");", "key must be written out"),
                consequence("key put together", "segments.enter($c, \"a\" + \"b\", \"x\");", "key must be written out"),
                consequence("call on a verb's answer", "segments.enter($c, \"x\", \"y\").toString();", "';'"),
                consequence("another method of the global", "segments.speaking(\"other rule\");", "There is no verb 'speaking'"),
                consequence("class of the global", "segments.getClass().getClassLoader();", "There is no verb 'getClass'"),
                consequence("given verdicts", "segments.given().clear();", "There is no verb 'given'"),
                consequence("method of the fact", "$c.entered(\"vip\");", "Not expected here: '$c'"),
                consequence("change of facts", "modify($c) { entered(\"vip\") };", "Not expected here: 'modify'"),
                consequence("endless update", "update($c);", "Not expected here: 'update'"),
                consequence("endless insert", "insert(new Object());", "Not expected here: 'insert'"),
                consequence("logical insert", "insertLogical($c);", "Not expected here: 'insertLogical'"),
                consequence("retraction", "delete($c);", "Not expected here: 'delete'"),
                consequence("the session", "drools.getKieRuntime().halt();", "There is no 'drools' here"),
                consequence("the session's context", "kcontext.getKieRuntime().getGlobals();", "There is no 'kcontext' here"),
                consequence("thread", "new Thread(() -> { for (;;); }).start();", "Not expected here: 'new'"),
                consequence("label", "evil: segments.enter($c, \"x\", \"x\");", "Not expected here: 'evil'"),
                consequence("annotation", "@SuppressWarnings(\"x\") int i;", "Not expected here: '@'"),
                consequence("class inside", "class Evil { static { " + HIT + "; } }", "Not expected here: 'class'"),
                consequence("nothing but a semicolon", ";", "Not expected here: ';'"),
                consequence("exception", "throw new Error();", "Not expected here: 'throw'"),
                arguments("named then", rule("", "", "").replace("then ", "then[evil] "), 4, "one 'then', without a name"),
                arguments("second then", rule("", "", "").replace("end", "then[evil] " + HIT + "; end"), 5, "Not expected here: 'then'"),
                arguments("rule inside of a rule", rule("", "", "").replace("end", "\nrule \"y\" when then end"), 6, "'end' of this rule is missing|Not expected here: 'rule'"),
                arguments("code behind the end", rule("", "", "") + HIT + ";", 6, "What belongs here is a rule"));
    }

    /** What looks like something else. */
    private static List<Arguments> disguises() {
        return List.of(
                condition("escaped letters", "\\u0065val( true )", "\\u"),
                condition("escape in a text", "country == \"\\u0022 || " + HIT + " || \\u0022\"", "\\u"),
                condition("escape of an escape", "country == \"\\\\u0022\"", "\\u"),
                consequence("escape in a comment", "// \\u000a " + HIT + ";\n segments.enter($c, \"x\", \"x\");", "\\u"),
                condition("octal escape", "country == \"\\42 || true || \\42\"", "behind a backslash"),
                condition("line continued", "country == \"a\\\nb\"", "behind a backslash"),
                condition("open text", "country == \"a\n", "isn't closed"),
                condition("open comment", "orders.count > 3 /* ", "never closed"),
                condition("comment that swallows the end", "orders.count > 3 /* ) then */ , eval( true )", "'eval' isn't part"),
                condition("comment in a word", "ev/**/al( true )", "Customer has no 'ev'|a condition"),
                condition("nested comment", "orders.count > 3 /* /* */ " + HIT + " */", "a condition, ',' or ')'"),
                condition("hash comment", "orders.count > 3 # comment", "Casts aren't part"),
                condition("text that writes right to left", "country == \"\u202Ex\"", "invisible character"),
                condition("nothing between letters", "orders.co\u200Bunt > 3", "invisible character"),
                condition("mark of a file in the middle", "orders.count > 3 /* \uFEFF */", "invisible character"),
                condition("arabic mark", "country == \"\u061Cx\"", "invisible character here (U+061C)"),
                condition("soft hyphen", "country == \"N\u00ADL\"", "invisible character here (U+00AD)"),
                condition("line that only some see end", "orders.count > 3 // \u2028 || true", "invisible character here (U+2028)"),
                condition("end of a paragraph", "orders.count > 3 // \u2029 || true", "invisible character here (U+2029)"),
                condition("next line of old machines", "orders.count > 3 // \u0085 || true", "invisible character here (U+0085)"),
                condition("text in tags", "country == \"\uDB40\uDC41\"", "invisible character here (U+E0041)"),
                condition("escape with many letters", "country == \"\\uuuu0022\"", "\\u"),
                condition("nul", "country == \"a\u0000\"", "invisible character"),
                condition("letter that looks like one", "оrders.count > 3", "has no place here"),
                condition("half a character", "country == \"\uD800\"", "invisible character"),
                arguments("name that closes itself", "\n" + rule("", "", "").replace("rule \"hostile\"", "rule \"a\\\" when then " + HIT.replace("\"", "\\\"") + "; end rule \\\"b\""), 2, "no quotes"),
                arguments("name with a backslash", "\n" + rule("", "", "").replace("rule \"hostile\"", "rule \"a\\\\\""), 2, "no backslash"),
                arguments("name over lines", "\n" + rule("", "", "").replace("rule \"hostile\"", "rule \"a\\n\""), 2, "A rule's name"));
    }

    private static List<Arguments> sizes() {
        String open = "(".repeat(20_000);
        String close = ")".repeat(20_000);
        return List.of(
                condition("deep nesting", open + "orders.count > 3" + close, "nested too deeply"),
                condition("deep alternation", "orders.count > 3 && ( orders.count > 4 || ( ".repeat(10) + "orders.count > 5" + " ) )".repeat(10), "nested more than 8 levels deep"),
                condition("nots within nots", "!( ".repeat(12) + "orders.count > 3" + " )".repeat(12), "nested more than 8 levels deep"),
                condition("many nots", "!".repeat(20_000) + "orders.count > 3", "nested too deeply"),
                condition("deep nesting of a literal", "orders.count > " + open + "3" + close, "Not expected here: '('"),
                condition("deep nesting of calls", "text(".repeat(20_000) + "\"x\"" + close, "Only what is written out"),
                consequence("deep nesting of a reason", "segments.enter($c, \"x\", " + open + "\"x\"" + close + ");", "a text in quotes"),
                consequence("endless reason", "segments.enter($c, \"x\", \"x\"" + " + \"x\"".repeat(5_000) + ");", "at most 40 parts"),
                consequence("verbs without end", "segments.enter($c, \"x\", \"x\");".repeat(3_000), "at most 20 things"),
                condition("long text", "country == \"" + "x".repeat(100_000) + "\"", "at most 500 characters"),
                condition("long word", "x".repeat(100_000) + " > 3", "longer than 60"),
                condition("long path", "orders" + ".count".repeat(20_000) + " > 3", "nothing that far below"),
                arguments("conditions without end", rule("", "orders.count > 3" + ", orders.count > 3".repeat(5_000), ""), 1, "More than 1000 conditions"),
                condition("list without end", "orders.count in ( 1" + ", 1".repeat(20_000) + " )", "at most 100"),
                arguments("file without end", rule("", "", "") + " ".repeat(200_000), 1, "longer than 200000"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void refuses(String name, String source, int line, String why) {
        long started = System.nanoTime();
        var problems = checker.check(new RuleSource("segments/hostile.drl", source));
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(AT_ONCE);
        assertThat(problems).isNotEmpty().allMatch(RuleProblem::isError);
        assertThat(problems.getFirst().line()).as(problems.toString()).isEqualTo(line);
        assertThat(problems.getFirst().message()).isNotBlank().hasSizeLessThan(600);
        assertThat(Stream.of(why.split("\\|")).anyMatch(problems.getFirst().message()::contains)).as(problems.getFirst().message()).isTrue();
        assertThat(new Compiler().compile(List.of(new RuleSource("segments/hostile.drl", source))).base()).isNull();
        assertThat(System.getProperty("drover.hostile")).isNull();
    }

    /** Nobody is kept from writing what only sounds dangerous. */
    @Test
    void letsHarmlessRulesPass() {
        String source = """
                // A comment may hold eval( System.exit(1) ), "quotes', /* and all.
                /* rule "x" when eval(true) then end */
                rule "eval( System.exit(1) ); then end // it's only a name" salience -10 no-loop
                when
                    $c : Customer( country == "\\" || eval(true) || \\"", text("end") == "then { System.exit(1); } /* \\n */", // why
                                   number("größer ✓") > -0.5, ( ( orders.count > 3 || !inSegment("for-while") ) ), $end : orders.count )
                then
                    segments.enter($c, "system-exit", "eval(" + $end + ") \\t \\\\ // ; end" + 3);
                end rule "second" when $c : Customer( orders.count > 3 ) then segments.enter($c, "x", "y"); segments.enter($c, "z", "y"); end
                """;
        assertThat(new RuleChecker(new Compiler()).check(new RuleSource("segments/harmless.drl", source))).isEmpty();
    }

    /** What is read takes time with its length and not with the square of it. */
    @ParameterizedTest
    @ValueSource(strings = {" ", "\t", "\n", " \n", "/**/", "// \n"})
    void readsPastManyBlanksAtOnce(String blank) {
        String blanks = blank.repeat(99_000 / blank.length());
        long started = System.nanoTime();
        var script = new RuleSource("segments/blanks.drl", rule("", "( orders.count" + blanks + "> 3 || ( orders.count " + blanks + "> 4 && inSegment(\"x\") ) )", "")).script();
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(AT_ONCE);
        assertThat(script.problems()).isEmpty();
    }

    /** The compiler takes twice as long for each level of parentheses; so what is as deep as can be must still be quick. */
    @Test
    void compilesTheDeepestRuleInTime() {
        var checker = new RuleChecker(new Compiler());
        checker.check(new RuleSource("segments/warm.drl", rule("", "orders.count > 3", "")));
        String deepest = "orders.count > 3 && ( number(\"a\") > 4 || ".repeat(4) + "email str[startsWith] \"x\"" + " )".repeat(4);
        long started = System.nanoTime();
        assertThat(checker.check(new RuleSource("segments/deep.drl", rule("", deepest + ", (" + deepest + "), " + "(".repeat(30) + "cart.total > 3" + ")".repeat(30), "")))).isEmpty();
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(20));
    }

    private static Arguments file(String name, String header, String why) {
        return arguments("file: " + name, header + "\n" + rule("", "", ""), 1, why);
    }

    private static Arguments attribute(String name, String attribute, String why) {
        return arguments("attribute: " + name, rule(attribute, "", ""), 2, why);
    }

    private static Arguments pattern(String name, String pattern, String why) {
        return arguments("pattern: " + name, rule("", "", "").replace("then ", "  " + pattern + " then "), 4, why);
    }

    private static Arguments condition(String name, String condition, String why) {
        return arguments("condition: " + name, rule("", condition, ""), 3, why);
    }

    private static Arguments consequence(String name, String code, String why) {
        return arguments("consequence: " + name, rule("", "", code), 4, why);
    }

    private static String rule(String attribute, String condition, String code) {
        return """
                rule "hostile"
                 %s
                when $c : Customer( %s )
                then %s
                  segments.enter($c, "hostile", "x"); end
                """.formatted(attribute, condition, code);
    }
}
