package dev.drover.ruleset;

import dev.drover.kernel.Problem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.context.ApplicationEventPublisher;

/** Holds what is in force, and brings there what comes from the folder, from here and from other instances: one thing at a time. */
class Publisher {

    private final RuleFolder folder;
    private final RuleVersions versions;
    private final Publication publication;
    private final ApplicationEventPublisher events;
    private final Object publishing = new Object();
    private volatile Snapshot inForce = Snapshot.NONE;
    private volatile FolderLook look = FolderLook.NONE;
    /** What the world was last told about. */
    private volatile Snapshot told = Snapshot.NONE;

    Publisher(RuleFolder folder, RuleVersions versions, Publication publication, ApplicationEventPublisher events) {
        this.folder = folder;
        this.versions = versions;
        this.publication = publication;
        this.events = events;
    }

    Snapshot inForce() {
        return inForce;
    }

    FolderLook look() {
        return look;
    }

    /** Whether every group decides. */
    boolean complete() {
        var groups = inForce.groups();
        var waiting = look.files().entrySet().stream().filter(file -> file.getValue().waiting() || !file.getValue().problems().isEmpty()).map(Map.Entry::getKey);
        return Stream.concat(inForce.heads().keySet().stream(), waiting).map(RulePath::group).allMatch(groups::containsKey);
    }

    /**
     * All of them or none.
     *
     * @throws RulesRefused when something is wrong with them: what was in force stays so
     * @throws Problem      conflict when somebody was faster
     */
    void publish(List<Publication.Change> changes) {
        synchronized (publishing) {
            var all = new ArrayList<Publication.Change>(changes);
            var paths = changes.stream().map(Publication.Change::path).toList();
            all.addAll(heldBack(paths));
            inForce = publication.publish(inForce, all);
            look = look.overtaken(paths);
        }
        tell();
    }

    /** A group that isn't in force yet waits for all of its files in the folder; the last one mended here brings the others in. */
    private List<Publication.Change> heldBack(List<String> paths) {
        var groups = new TreeSet<String>();
        paths.stream().map(RulePath::group).filter(group -> !inForce.groups().containsKey(group)).forEach(groups::add);
        var waiting = new ArrayList<Publication.Change>();
        look.files().forEach((path, seen) -> {
            if (!groups.contains(RulePath.group(path)) || paths.contains(path)) {
                return;
            }
            if (!seen.problems().isEmpty()) {
                throw Problem.conflict("The rules of '%s' are not in force: mend %s in the folder first.".formatted(RulePath.group(path), path));
            }
            if (seen.waiting()) {
                waiting.add(new Publication.Change(path, seen.content(), null, RuleEdit.FOLDER));
            }
        });
        return waiting;
    }

    /** @throws Problem unavailable when the folder can't be written */
    RuleExport.Written writeToFolder(Map<String, byte[]> contents) {
        synchronized (publishing) {
            var written = new TreeMap<String, byte[]>();
            try {
                for (var file : contents.entrySet()) {
                    if (folder.write(file.getKey(), file.getValue())) {
                        written.put(file.getKey(), file.getValue());
                    }
                }
            } catch (IOException e) {
                throw Problem.unavailable("The rules folder can't be written%s: %s".formatted(written.isEmpty() ? "" : " any further (%s was)".formatted(String.join(", ", written.keySet())), e.getMessage()));
            } finally {
                look = look.wrote(written);
            }
            return new RuleExport.Written(List.copyOf(written.keySet()), contents.size() - written.size(),
                    look.files().keySet().stream().filter(path -> !contents.containsKey(path)).toList());
        }
    }

    /** Looks at the folder and the database again and puts what is new and good in force. Called at start and every second. */
    void reload() {
        synchronized (publishing) {
            refresh();
            boolean first = look == FolderLook.NONE;
            var next = look.next(folder.read(), inForce.heads(), first ? versions.knownToFolder() : Map.of(), Publication::problems);
            var without = without(next);
            for (var group : byGroup(next.changes()).entrySet()) {
                var paths = group.getValue().stream().map(Publication.Change::path).toList();
                if (without.contains(group.getKey())) {
                    next = next.waiting(paths);
                    continue;
                }
                try {
                    inForce = publication.publish(inForce, group.getValue());
                } catch (RulesRefused refused) {
                    next = next.waiting(paths).refused(refused.path(), refused.problems());
                }
            }
            look = next;
        }
        tell();
    }

    /** Groups that would decide without one of their rules. */
    private Set<String> without(FolderLook next) {
        var names = new TreeSet<String>();
        next.files().forEach((path, seen) -> {
            String group = RulePath.group(path);
            if (!seen.problems().isEmpty() && !inForce.groups().containsKey(group)) {
                names.add(group);
            }
        });
        return names;
    }

    private static Map<String, List<Publication.Change>> byGroup(List<Publication.Change> changes) {
        return changes.stream().collect(Collectors.groupingBy(change -> RulePath.group(change.path()), TreeMap::new, Collectors.toList()));
    }

    void refresh() {
        synchronized (publishing) {
            inForce = publication.refresh(inForce);
        }
    }

    private void tell() {
        Set<String> changed;
        synchronized (publishing) {
            changed = inForce.changedSince(told);
            told = inForce;
        }
        changed.forEach(group -> events.publishEvent(new RulesChanged(group)));
    }
}
