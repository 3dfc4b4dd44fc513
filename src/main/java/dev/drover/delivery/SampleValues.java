package dev.drover.delivery;

import dev.drover.audience.Customer;
import dev.drover.kernel.Channel;
import dev.drover.template.MergeTag;
import dev.drover.template.TemplateVocabulary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Everything a template can take, with what it would be for somebody. */
@Component
class SampleValues {

    record Group(String name, List<Tag> tags) {}

    /** @param insert what the editor writes @param value {@code null}: this customer has none */
    record Tag(String name, String words, String insert, @Nullable String value) {}

    private static final Map<String, String> GROUPS = Map.of("customer", "The customer", "cart", "The cart", "links", "Links", "sender", "The sender", "recommended", "Products for them",
            "message", "The message", "confirmUrl", "For confirmations", "expiresAt", "For confirmations");
    private static final int LONGEST = 80;

    private final ObjectProvider<TemplateVocabulary> vocabularies;
    private final Previews previews;

    SampleValues(ObjectProvider<TemplateVocabulary> vocabularies, Previews previews) {
        this.vocabularies = vocabularies;
        this.previews = previews;
    }

    List<Group> of(@Nullable Customer customer, Channel channel) {
        var data = previews.data(customer, channel);
        var groups = new LinkedHashMap<String, List<Tag>>();
        vocabularies.orderedStream().flatMap(one -> one.tags().stream()).forEach(tag -> add(groups, tag, data));
        if (data.get("customer") instanceof Map<?, ?> person && person.get("attributes") instanceof Map<?, ?> attributes) {
            new TreeSet<>(attributes.keySet().stream().map(Object::toString).toList()).stream().filter(name -> name.matches("[\\w-]+"))
                    .forEach(name -> add(groups, new MergeTag("customer.attributes." + name, "What your shop told of them"), data));
        }
        return groups.entrySet().stream().map(group -> new Group(group.getKey(), group.getValue())).toList();
    }

    private static void add(Map<String, List<Tag>> groups, MergeTag tag, Map<String, Object> data) {
        String first = tag.name().replaceFirst("[.\\[].*", "");
        var tags = groups.computeIfAbsent(GROUPS.getOrDefault(first, "What journeys give"), name -> new ArrayList<>());
        tags.add(new Tag(tag.name(), tag.words(), insert(tag), shown(value(tag.name(), data))));
    }

    /** Within a list only the item's own name is written. */
    private static String insert(MergeTag tag) {
        int item = tag.name().lastIndexOf("[].");
        if (tag.isList()) {
            return "{{#each " + tag.name().substring(0, tag.name().length() - 2) + "}}\n  \n{{/each}}";
        }
        return "{{" + (item < 0 ? tag.name() : tag.name().substring(item + 3)) + "}}";
    }

    /** Of a list the first one's. */
    private static @Nullable Object value(String name, Map<String, Object> data) {
        Object value = data;
        for (String word : name.replace("[]", ".[]").split("\\.")) {
            value = word.equals("[]") ? value instanceof List<?> list && !list.isEmpty() ? list.getFirst() : null : value instanceof Map<?, ?> map ? map.get(word) : null;
        }
        return value;
    }

    private static @Nullable String shown(@Nullable Object value) {
        if (value == null || value instanceof Map || value instanceof List) {
            return null;
        }
        String text = value.toString();
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    }
}
