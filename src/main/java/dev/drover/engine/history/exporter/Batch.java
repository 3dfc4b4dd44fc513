package dev.drover.engine.history.exporter;

import dev.drover.engine.history.exporter.Change.Definition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Changes drawn together: one row per instance, step and incident, one sum per counter. */
final class Batch {

    static final class Instance {
        Definition definition;
        boolean started;
        long startedAt;
        long parent;
        String customerId;
        long endedAt;
        boolean cancelled;
    }

    static final class Step {
        Element element;
        long instance;
        boolean entered;
        long enteredAt;
        long leftAt;
        boolean cancelled;
        long dueAt;
    }

    record Element(Definition definition, String id, String type) {}

    /** For an element entered, for a process started. */
    static final class Count {
        long entered;
        long completed;
        long cancelled;

        void left(boolean wasCancelled) {
            if (wasCancelled) {
                cancelled++;
            } else {
                completed++;
            }
        }
    }

    final Map<Long, Instance> instances = new LinkedHashMap<>();
    final Map<Long, Step> steps = new LinkedHashMap<>();
    final Map<Element, Count> elements = new LinkedHashMap<>();
    final Map<Definition, Count> processes = new LinkedHashMap<>();
    final List<Change.Troubled> troubles = new ArrayList<>();
    final List<Change.Settled> settlements = new ArrayList<>();

    /** @return the changes, a migration always alone: it needs what came before it in the tables */
    static List<List<Change>> split(List<Change> changes) {
        var parts = new ArrayList<List<Change>>();
        var part = new ArrayList<Change>();
        for (Change change : changes) {
            if (change instanceof Change.Migrated) {
                parts.add(part);
                parts.add(List.of(change));
                part = new ArrayList<>();
            } else {
                part.add(change);
            }
        }
        parts.add(part);
        parts.removeIf(List::isEmpty);
        return parts;
    }

    Batch(List<Change> changes) {
        changes.forEach(this::add);
    }

    private void add(Change change) {
        switch (change) {
            case Change.Started started -> {
                Instance instance = instance(started.instance(), started.definition());
                instance.started = true;
                instance.startedAt = started.at();
                instance.parent = started.parent();
                count(started.definition()).entered++;
            }
            case Change.Ended ended -> {
                Instance instance = instance(ended.instance(), ended.definition());
                instance.endedAt = ended.at();
                instance.cancelled = ended.cancelled();
                count(ended.definition()).left(ended.cancelled());
            }
            case Change.Named named -> {
                Instance instance = instances.computeIfAbsent(named.instance(), key -> new Instance());
                if (instance.definition == null) {
                    instance.definition = named.definition();
                    instance.startedAt = named.at();
                }
                instance.customerId = named.customerId();
            }
            case Change.Entered entered -> {
                var element = new Element(entered.definition(), entered.elementId(), entered.type());
                Step step = step(entered.step());
                step.element = element;
                step.instance = entered.instance();
                step.entered = true;
                step.enteredAt = entered.at();
                count(element).entered++;
            }
            case Change.Left left -> {
                Step step = step(left.step());
                step.leftAt = left.at();
                step.cancelled = left.cancelled();
                count(new Element(left.definition(), left.elementId(), left.type())).left(left.cancelled());
            }
            case Change.Due due -> step(due.step()).dueAt = due.dueAt();
            case Change.Troubled troubled -> troubles.add(troubled);
            case Change.Settled settled -> settlements.add(settled);
            case Change.Migrated alone -> throw new IllegalArgumentException("not in a batch: " + alone);
        }
    }

    private Instance instance(long key, Definition definition) {
        Instance instance = instances.computeIfAbsent(key, k -> new Instance());
        instance.definition = definition;
        return instance;
    }

    private Step step(long key) {
        return steps.computeIfAbsent(key, k -> new Step());
    }

    private Count count(Element element) {
        return elements.computeIfAbsent(element, e -> new Count());
    }

    private Count count(Definition definition) {
        return processes.computeIfAbsent(definition, d -> new Count());
    }
}
