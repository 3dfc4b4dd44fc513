package dev.drover.template;

/**
 * Something a template can take from its data.
 *
 * @param name  as it is written: {@code customer.firstName}; within a list {@code cart.items[].name}
 * @param words what it is, in a few words
 */
public record MergeTag(String name, String words) {

    public boolean isList() {
        return name.endsWith("[]");
    }
}
