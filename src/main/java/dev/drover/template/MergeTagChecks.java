package dev.drover.template;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Whether somebody knows the names a template asks for. One that nobody knows stays empty, without a word. */
final class MergeTagChecks {

    private static final Pattern TAG = Pattern.compile("\\{\\{~?+\\s*+(?<sign>[#^/]?+)\\s*+(?<body>[^!].*)", Pattern.DOTALL);
    private static final Pattern WORD = Pattern.compile("\"[^\"]*\"|'[^']*'|[^\\s()|]+");
    private static final Pattern NAME = Pattern.compile("(?:\\.\\./)*(?:this\\.|\\./)?[A-Za-z_][\\w-]*(?:\\.[\\w-]+)*");
    private static final Set<String> LITERALS = Set.of("true", "false", "null", "else", "as");
    /** Whoever makes the customer or the message names these. */
    private static final Set<String> OPEN = Set.of("customer.attributes", "event", "data", "discount");

    private final Set<String> known = new TreeSet<>();
    private final Predicate<String> segments;
    private final Set<String> open = new TreeSet<>(OPEN);

    MergeTagChecks(Collection<MergeTag> tags, Predicate<String> segments) {
        this.segments = segments;
        for (MergeTag tag : tags) {
            String name = tag.name();
            known.add(name);
            // What holds something known is known, and so is a list as a whole.
            for (int dot = name.indexOf('.'); dot > 0; dot = name.indexOf('.', dot + 1)) {
                known.add(name.substring(0, dot));
                known.add(name.substring(0, dot).replaceFirst("\\[]$", ""));
            }
        }
    }

    void check(String source, Report report) {
        Deque<String> scopes = new ArrayDeque<>();
        scopes.push("");
        var told = new TreeSet<String>();
        for (Markup.Tag place : Markup.tags(source)) {
            var tag = TAG.matcher(source.substring(place.from(), place.to() - 2).replaceFirst("~$", ""));
            if (!tag.matches()) {
                continue;
            }
            String sign = tag.group("sign");
            var words = words(tag.group("body"));
            if (sign.equals("/")) {
                if (scopes.size() > 1) {
                    scopes.pop();
                }
                continue;
            }
            for (int n = 0; n < words.size(); n++) {
                String word = words.get(n).substring(words.get(n).indexOf('=') + 1);
                boolean helper = n == 0 && (words.size() > 1 || !sign.isEmpty()) || Helpers.isOne(word) && words.size() > 1;
                if (!helper && NAME.matcher(word).matches() && !LITERALS.contains(word) && !Helpers.isOne(word) && !isKnown(word, scopes) && told.add(word)) {
                    report.warning(place.from(), unknown(word));
                }
            }
            if (sign.equals("#") && !words.isEmpty()) {
                checkSegment(words, place.from(), report);
                scopes.push(scope(words, scopes));
            } else if (sign.equals("^") && !words.isEmpty()) {
                scopes.push(scopes.peek());
            }
        }
    }

    private void checkSegment(List<String> words, int at, Report report) {
        if (words.getFirst().equals("segment") && words.size() == 2 && words.get(1).matches("[\"'].*[\"']")) {
            String key = words.get(1).substring(1, words.get(1).length() - 1);
            if (!segments.test(key)) {
                report.warning(at, "There is no segment '%s': nobody sees this block.".formatted(key));
            }
        }
    }

    /** The names within a loop are those of its items. */
    private String scope(List<String> words, Deque<String> scopes) {
        String within = scopes.peek();
        boolean opens = words.getFirst().equals("each") || words.getFirst().equals("with");
        if (!opens || words.size() < 2) {
            return within;
        }
        String name = words.get(1).replaceFirst("^(\\.\\./|\\./|this\\.)+", "");
        String suffix = words.getFirst().equals("each") ? "[]." : ".";
        return paths(name, scopes).stream().filter(path -> known.contains(path) || known.contains(path + "[]")).findFirst().map(path -> path + suffix).orElse("?");
    }

    private boolean isKnown(String word, Deque<String> scopes) {
        String name = word.replaceFirst("^(\\.\\./|\\./|this\\.)+", "");
        return name.equals("this") || scopes.contains("?")
                || paths(name, scopes).stream().anyMatch(path -> known.contains(path) || open.stream().anyMatch(one -> path.equals(one) || path.startsWith(one + ".")));
    }

    /** From the innermost scope outwards. */
    private static List<String> paths(String name, Deque<String> scopes) {
        var paths = new ArrayList<String>();
        scopes.forEach(scope -> paths.add(scope + name));
        return paths;
    }

    private String unknown(String word) {
        Optional<String> near = known.stream().filter(one -> !one.contains("[]")).min(Comparator.comparingInt(one -> distance(one, word))).filter(one -> distance(one, word) <= 3);
        return near.map(one -> "Nothing is called '%s'. Did you mean %s?".formatted(LinkChecks.shown(word), one))
                .orElse("Nothing here is called '%s': it stays empty unless whoever sends the message gives it.".formatted(LinkChecks.shown(word)));
    }

    /** How many letters would have to change. */
    private static int distance(String one, String other) {
        if (Math.abs(one.length() - other.length()) > 3) {
            return 99;
        }
        int[] before = java.util.stream.IntStream.rangeClosed(0, other.length()).toArray();
        for (int row = 1; row <= one.length(); row++) {
            int[] now = new int[other.length() + 1];
            now[0] = row;
            for (int column = 1; column <= other.length(); column++) {
                int same = one.charAt(row - 1) == other.charAt(column - 1) ? 0 : 1;
                now[column] = Math.min(Math.min(now[column - 1], before[column]) + 1, before[column - 1] + same);
            }
            before = now;
        }
        return before[other.length()];
    }

    private static List<String> words(String body) {
        return WORD.matcher(body).results().map(java.util.regex.MatchResult::group).toList();
    }
}
