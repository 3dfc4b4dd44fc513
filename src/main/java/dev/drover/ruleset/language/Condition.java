package dev.drover.ruleset.language;

import java.util.List;
import java.util.function.Consumer;

/** What must hold of a fact. Each knows where it stands and how its author wrote it. */
public sealed interface Condition {

    Place place();

    /** As written, on one line. */
    String text();

    /** Told of every path in it. */
    void paths(Consumer<Path> each);

    record And(Place place, String text, List<Condition> parts) implements Condition {

        @Override
        public void paths(Consumer<Path> each) {
            parts.forEach(part -> part.paths(each));
        }
    }

    record Or(Place place, String text, List<Condition> parts) implements Condition {

        @Override
        public void paths(Consumer<Path> each) {
            parts.forEach(part -> part.paths(each));
        }
    }

    record Not(Place place, String text, Condition part) implements Condition {

        @Override
        public void paths(Consumer<Path> each) {
            part.paths(each);
        }
    }

    /** A path that says yes or no by itself: {@code inSegment("vip")}. */
    record Holds(Place place, String text, Path path) implements Condition {

        @Override
        public void paths(Consumer<Path> each) {
            each.accept(path);
        }
    }

    /** {@code orders.count >= 3}. @param right one value, or with {@code in} and {@code not in} one or more literals */
    record Comparison(Place place, String text, Path left, Operator operator, List<Value> right) implements Condition {

        @Override
        public void paths(Consumer<Path> each) {
            each.accept(left);
            right.forEach(value -> {
                if (value instanceof Path path) {
                    each.accept(path);
                }
            });
        }
    }
}
