package dev.drover.template;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Data that a capability offers to every template under a name ({@code cart}): looked up when a message is rendered, so that process
 * variables need only carry ids. Declare a bean.
 */
public interface MergeData {

    /** The top-level name in templates. */
    String name();

    /**
     * @param customerId who the message is for
     * @param data       what the sender passed, such as {@code cartId}
     * @return plain maps, lists and values; {@code null}: nothing for this message
     */
    @Nullable Map<String, Object> of(long customerId, Map<String, Object> data);
}
