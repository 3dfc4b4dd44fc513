package dev.drover.trigger;

import dev.drover.ruleset.fact.Customer;
import dev.drover.ruleset.language.Explainer;
import dev.drover.ruleset.language.Held;
import dev.drover.ruleset.language.Rule;
import dev.drover.ruleset.language.Script;
import dev.drover.segment.builder.Criteria;
import dev.drover.segment.builder.Criteria.Logic;
import dev.drover.segment.builder.RuleWriter;
import dev.drover.segment.builder.Wording;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What must hold of the event and of the customer. What is asked of the customer is a rule in the language of segments, read by our own reader and
 * tried by its tree: nothing that somebody typed is ever compiled.
 */
sealed interface TriggerCondition {

    /** @param event what the event tells @param customer with all that {@link #rules} read */
    Held tried(Map<String, Object> event, Customer customer);

    /** Whether it can't hold, whoever the customer is. */
    boolean isRuledOutBy(Map<String, Object> event);

    /** What is asked of the customer. */
    Stream<Rule> rules();

    String words();

    record Group(Logic logic, List<TriggerCondition> parts) implements TriggerCondition {

        @Override
        public Held tried(Map<String, Object> event, Customer customer) {
            var tried = parts.stream().map(part -> part.tried(event, customer)).toList();
            boolean held = logic == Logic.AND ? tried.stream().allMatch(Held::held) : tried.stream().anyMatch(Held::held);
            return new Held(words(), held, "", logic == Logic.AND ? Held.Kind.ALL : Held.Kind.ANY, tried);
        }

        @Override
        public boolean isRuledOutBy(Map<String, Object> event) {
            return logic == Logic.AND ? parts.stream().anyMatch(part -> part.isRuledOutBy(event)) : parts.stream().allMatch(part -> part.isRuledOutBy(event));
        }

        @Override
        public Stream<Rule> rules() {
            return parts.stream().flatMap(TriggerCondition::rules);
        }

        @Override
        public String words() {
            return parts.stream().map(part -> part instanceof Group ? "(" + part.words() + ")" : part.words()).collect(Collectors.joining(logic == Logic.AND ? ", and " : ", or "));
        }
    }

    record OfCustomer(Criteria criteria, Rule rule) implements TriggerCondition {

        static OfCustomer of(Criteria criteria) {
            return new OfCustomer(criteria, Script.read("segments", RuleWriter.write("trigger", "Trigger", "A condition", criteria)).rules().getFirst());
        }

        @Override
        public Held tried(Map<String, Object> event, Customer customer) {
            var why = Explainer.explain(rule, customer);
            String actual = why.leaves().map(Held::actual).filter(one -> !one.isEmpty()).distinct().collect(Collectors.joining(", "));
            return new Held(words(), why.held(), actual, Held.Kind.SINGLE, List.of());
        }

        @Override
        public boolean isRuledOutBy(Map<String, Object> event) {
            return false;
        }

        @Override
        public Stream<Rule> rules() {
            return Stream.of(rule);
        }

        @Override
        public String words() {
            return Wording.sentence(criteria);
        }
    }

    record OfEvent(EventCondition condition) implements TriggerCondition {

        @Override
        public Held tried(Map<String, Object> event, Customer customer) {
            return new Held(words(), condition.holds(event), condition.actual(event), Held.Kind.SINGLE, List.of());
        }

        @Override
        public boolean isRuledOutBy(Map<String, Object> event) {
            return !condition.holds(event);
        }

        @Override
        public Stream<Rule> rules() {
            return Stream.of();
        }

        @Override
        public String words() {
            return condition.words();
        }
    }
}
