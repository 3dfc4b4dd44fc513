package dev.drover.ruleset;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RuleTextTests {

    @Test
    void namesASegmentByTheComment() {
        var rule = only("// Big spenders: who spent 900.\n// Twice.\n\nrule \"big\" when $c : Customer() then segments.enter($c, \"big-spender\", \"x\"); end");
        assertThat(rule.title("big-spender")).isEqualTo("Big spenders");
        assertThat(rule.explanation()).isEqualTo("Who spent 900.\nTwice.");
        assertThat(rule.line()).isEqualTo(4);
        assertThat(rule.segments()).containsExactly("big-spender");
    }

    @Test
    void namesASegmentByItsKeyWhereTheCommentDoesNot() {
        var rule = only("rule \"big\" when $c : Customer() then segments.enter($c, \"big-spender\", \"x\"); end");
        assertThat(rule.title("big-spender")).isEqualTo("Big spender");
        assertThat(rule.explanation()).isEmpty();
    }

    private static RuleText only(String source) {
        return new ParsedRules(new RuleSource("segments/big.drl", source)).texts(1).getFirst();
    }
}
