package dev.drover.template;

import com.github.jknack.handlebars.TagType;
import com.github.jknack.handlebars.Template;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What a template takes from its data. */
final class MergeTags {

    private MergeTags() {}

    /** Names within a loop stand as they are written there, such as {@code name}. */
    static SortedSet<String> of(Template template) {
        var names = new TreeSet<String>();
        Stream.concat(template.collect(TagType.VAR, TagType.SECTION).stream(), template.collectReferenceParameters().stream())
                .map(name -> name.replaceFirst("^(\\.\\./|\\./|this\\.)+", ""))
                .filter(name -> !name.isEmpty() && !Helpers.isOne(name) && !name.equals("else") && !name.equals("this") && !name.startsWith("@") && !name.equals("."))
                .forEach(names::add);
        return names;
    }
}
