package dev.drover.delivery;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a message says. @param headers beyond the usual ones, such as {@code List-Unsubscribe} */
public record MessageContent(@Nullable String subject, @Nullable String preheader, @Nullable String html, String text, Map<String, String> headers) {}
