package dev.drover.ruleset;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What lay in the rules folder when it was last looked at, and what is news in it. A file that changes is a new version, whatever was edited
 * here before; one that stays as it is leaves in force what was edited here since.
 *
 * @param changes of good files, to be put in force
 */
record FolderLook(Map<String, Seen> files, List<Publication.Change> changes) {

    static final FolderLook NONE = new FolderLook(Map.of(), List.of());

    private static final Logger log = LoggerFactory.getLogger(FolderLook.class);

    /**
     * @param problems why it can't decide as it lies there
     * @param waiting  whether it waits for other files of its group
     */
    record Seen(byte[] bytes, RuleContent content, List<RuleProblem> problems, boolean waiting) {}

    /**
     * @param heads what is newest by now
     * @param known what the folder is known to have held before this start; asked for at the first look only
     * @param check finds what is wrong with a path's source
     */
    FolderLook next(Map<String, byte[]> found, Map<String, RuleVersion> heads, Map<String, List<RuleVersion>> known, BiFunction<String, RuleContent, List<RuleProblem>> check) {
        var seen = new TreeMap<String, Seen>();
        var changes = new ArrayList<Publication.Change>();
        found.forEach((path, bytes) -> {
            var before = files.get(path);
            if (before != null && Arrays.equals(before.bytes(), bytes)) {
                seen.put(path, before);
                return;
            }
            var reading = RuleReading.of(path, bytes);
            var content = reading.content();
            boolean old = reading.problems().isEmpty() && (known.getOrDefault(path, List.of()).stream().anyMatch(version -> content.source().equals(version.source()))
                    || heads.containsKey(path) && content.source().equals(heads.get(path).source()));
            var problems = old ? List.<RuleProblem>of() : reading.problems().isEmpty() ? check.apply(path, content) : reading.problems();
            seen.put(path, new Seen(bytes, content, problems, false));
            if (!problems.isEmpty()) {
                report(path, problems, heads.containsKey(path));
            } else if (!old) {
                changes.add(new Publication.Change(path, content, null, RuleEdit.FOLDER));
            }
        });
        heads.keySet().stream().filter(path -> !found.containsKey(path) && (files.containsKey(path) || wasThere(known.getOrDefault(path, List.of()))))
                .forEach(path -> changes.add(new Publication.Change(path, null, null, RuleEdit.FOLDER)));
        var groups = changes.stream().map(change -> RulePath.group(change.path())).collect(Collectors.toSet());
        files.forEach((path, before) -> {
            if (before.waiting() && seen.get(path) == before && groups.contains(RulePath.group(path))) {
                seen.put(path, new Seen(before.bytes(), before.content(), List.of(), false));
                changes.add(new Publication.Change(path, before.content(), null, RuleEdit.FOLDER));
            }
        });
        return new FolderLook(seen, changes);
    }

    private static boolean wasThere(List<RuleVersion> known) {
        return known.stream().filter(version -> version.origin().equals("file")).anyMatch(version -> !version.retired());
    }

    /** After somebody edited these files here: what is wrong with them in the folder matters no more. */
    FolderLook overtaken(Collection<String> paths) {
        return with(paths, file -> new Seen(file.bytes(), file.content(), List.of(), false));
    }

    /** These are good by themselves and aren't in force: they are tried again when a file of their group changes. */
    FolderLook waiting(Collection<String> paths) {
        return with(paths, file -> new Seen(file.bytes(), file.content(), file.problems(), true));
    }

    /** We wrote them there ourselves: no news. */
    FolderLook wrote(Map<String, byte[]> written) {
        var seen = new TreeMap<>(files);
        written.forEach((path, bytes) -> seen.put(path, new Seen(bytes, RuleReading.of(path, bytes).content(), List.of(), false)));
        return new FolderLook(seen, List.of());
    }

    /** It doesn't go together with the others of its group. */
    FolderLook refused(String path, List<RuleProblem> problems) {
        report(path, problems, true);
        return with(List.of(path), file -> new Seen(file.bytes(), file.content(), problems, file.waiting()));
    }

    private FolderLook with(Collection<String> paths, UnaryOperator<Seen> difference) {
        var seen = new TreeMap<>(files);
        paths.forEach(path -> seen.computeIfPresent(path, (same, file) -> difference.apply(file)));
        return new FolderLook(seen, List.of());
    }

    private static void report(String path, List<RuleProblem> problems, boolean good) {
        problems.forEach(problem -> log.error("rules/{}, line {}, column {}: {}", path, problem.line(), problem.column(), problem.message()));
        log.error("rules/{} has errors; {}", path, good ? "its last good version stays in force" : "its group stays as it is until it is mended");
    }
}
