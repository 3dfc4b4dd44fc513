package dev.drover.ruleset.language;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.ruleset.RuleProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LayersTests {

    private final List<Layers.Member> members = new ArrayList<>();

    @Test
    void decidesFirstWhatOthersAskFor() {
        rule("platinum", "inSegment(\"gold\") && orders.count > 50");
        rule("gold", "inSegment(\"vip\"), !inSegment(\"staff\")");
        rule("vip", "orders.count > 5");
        rule("vip", "orders.revenue > 500 || inSegment(\"press\")");
        rule("new", "orders.count == 1");
        rule("press", "flag(\"press\")");
        var layers = Layers.of(members, Set.of("staff"));
        assertThat(layers.problems()).isEmpty();
        assertThat(layers.layers()).hasSize(4);
        assertThat(layers.layers()).extracting(layer -> layer.stream().map(member -> member.rule().enters().iterator().next()).toList())
                .containsExactly(List.of("vip", "new", "press"), List.of("vip"), List.of("gold"), List.of("platinum"));
    }

    @Test
    void putsEverythingInOneLayerWhereNobodyAsks() {
        rule("a", "orders.count > 5");
        rule("b", "inSegment(\"static-one\")");
        assertThat(Layers.of(members, Set.of("static-one")).layers()).singleElement().satisfies(layer -> assertThat(layer).hasSize(2));
        assertThat(Layers.of(List.of(), Set.of()).layers()).isEmpty();
    }

    @Test
    void refusesASegmentThatAsksForItself() {
        rule("a", "orders.count > 5 && !inSegment(\"a\")");
        var layers = Layers.of(members, Set.of());
        assertThat(layers.layers()).isEmpty();
        assertThat(layers.problems().get("segments/0.drl")).containsExactly(
                RuleProblem.error(2, 38, "A segment can't ask for itself: whether somebody is in 'a' is what this rule decides."));
    }

    @Test
    void namesACircleInEachOfItsFiles() {
        rule("a", "inSegment(\"b\")");
        rule("b", "inSegment(\"c\")");
        rule("c", "inSegment(\"a\")");
        rule("d", "inSegment(\"a\")");
        var layers = Layers.of(members, Set.of());
        assertThat(layers.layers()).isEmpty();
        assertThat(layers.problems()).containsOnlyKeys("segments/0.drl", "segments/1.drl", "segments/2.drl");
        assertThat(layers.problems().get("segments/1.drl")).singleElement().satisfies(problem -> {
            assertThat(problem.isError()).isTrue();
            assertThat(problem.line()).isEqualTo(2);
            assertThat(problem.message()).isEqualTo("These segments ask for each other, so none can be decided first: 'a' asks for 'b', which asks for 'c', which asks for 'a'.");
        });
    }

    @Test
    void warnsOfASegmentThatIsNowhere() {
        rule("a", "inSegment(\"vpi\")");
        var layers = Layers.of(members, Set.of("vip"));
        assertThat(layers.layers()).hasSize(1);
        assertThat(layers.problems().get("segments/0.drl")).containsExactly(RuleProblem.warning(2, 17, "There is no segment 'vpi' yet: nobody is in it."));
    }

    @Test
    void standsALongChain() {
        rule("s0", "orders.count > 0");
        for (int n = 1; n < 1_000; n++) {
            rule("s" + n, "inSegment(\"s%d\")".formatted(n - 1));
        }
        assertThat(Layers.of(members, Set.of()).layers()).hasSize(1_000);
    }

    private void rule(String enters, String conditions) {
        var script = Script.read("segments", "rule \"r\" when\n $c : Customer( %s )\nthen segments.enter($c, \"%s\", \"x\"); end".formatted(conditions, enters));
        assertThat(script.problems()).isEmpty();
        members.add(new Layers.Member("segments/%d.drl".formatted(members.size()), script.rules().getFirst()));
    }
}
