package dev.drover.delivery;

import dev.drover.kernel.Channel;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A wish to send one message.
 *
 * @param key      unique for this wish: the same key again is the same message
 * @param template key of a template of this channel
 * @param data     what the template needs beyond the customer; ids are enough where a capability offers the rest
 * @param category of the preference centre; {@code null}: the template's
 * @param subject  {@code null}: the template's
 */
public record DeliveryRequest(
        String key,
        long customerId,
        Channel channel,
        String template,
        Map<String, Object> data,
        @Nullable String category,
        @Nullable String subject,
        MessageOrigin origin) {}
