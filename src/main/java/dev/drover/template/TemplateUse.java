package dev.drover.template;

import java.util.List;

/** Who depends on a template; told by the floors above. Declare a bean. */
public interface TemplateUse {

    /** @return in words that follow "is still used by", such as "the journey welcome" */
    List<String> of(String template);
}
