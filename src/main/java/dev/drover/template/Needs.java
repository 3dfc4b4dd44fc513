package dev.drover.template;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What a template asks of its data.
 *
 * @param names    the first words of its merge tags: {@code cart} of {@code cart.total}
 * @param segments keys of the segments whose members see a block of their own
 */
public record Needs(Set<String> names, Set<String> segments) {

    private static final Pattern SEGMENT = Pattern.compile("\\{\\{~?#\\s*segment\\s+(?:\"([^\"]*)\"|'([^']*)')");

    static Needs of(Collection<String> mergeTags, Collection<String> sources) {
        var names = new TreeSet<String>();
        mergeTags.forEach(tag -> names.add(tag.contains(".") ? tag.substring(0, tag.indexOf('.')) : tag));
        var segments = new TreeSet<String>();
        sources.forEach(source -> SEGMENT.matcher(source).results().forEach(found -> segments.add(found.group(1) == null ? found.group(2) : found.group(1))));
        return new Needs(names, segments);
    }
}
