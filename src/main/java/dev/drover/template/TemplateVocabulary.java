package dev.drover.template;

import java.util.List;

/** What the floors above offer to templates; the editor lists it, and warns of names nobody knows. Declare a bean. */
public interface TemplateVocabulary {

    List<MergeTag> tags();

    /** Whether {@code {{#segment "key"}}} can ever be true. */
    default boolean knowsSegment(String key) {
        return false;
    }
}
