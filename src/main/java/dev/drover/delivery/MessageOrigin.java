package dev.drover.delivery;

import org.jspecify.annotations.Nullable;

/**
 * Who asked for a message.
 *
 * @param type     {@code journey}, {@code campaign}, {@code trigger} or {@code api}
 * @param id       the journey's or campaign's id; for the API the token's name
 * @param instance the process instance; {@code null}: none
 * @param element  the BPMN element's id; {@code null}: none
 */
public record MessageOrigin(String type, String id, @Nullable String instance, @Nullable String element) {}
