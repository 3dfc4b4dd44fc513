package dev.drover.delivery;

import dev.drover.kernel.Channel;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message as pages show it.
 *
 * @param from     the sender's name
 * @param document where its HTML is served; {@code null}: it has none
 * @param headers  of a mail, as they are handed to the provider; empty for other channels
 */
record Letter(Channel channel, String from, @Nullable String subject, @Nullable String preheader, @Nullable String document, String text,
        Map<String, String> headers) {

    static Letter of(Message message, MessageContent content, Sender sender, String document) {
        return new Letter(message.channel(), sender.name(), content.subject(), content.preheader(),
                content.html() == null ? null : document, content.text(),
                message.channel() == Channel.EMAIL ? headers(message, content, sender) : Map.of());
    }

    private static Map<String, String> headers(Message message, MessageContent content, Sender sender) {
        var at = message.sentAt() == null ? message.queuedAt() : message.sentAt();
        var headers = new LinkedHashMap<String, String>();
        headers.put("From", "%s <%s>".formatted(sender.name(), sender.fromAddress()));
        if (sender.replyTo() != null) {
            headers.put("Reply-To", sender.replyTo());
        }
        headers.put("To", String.valueOf(message.address()));
        headers.put("Subject", content.subject() == null ? "" : content.subject());
        headers.put("Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(at.atOffset(ZoneOffset.UTC)));
        headers.put("Message-ID", ChannelProvider.messageId(message.id(), message.queuedAt(), sender));
        headers.putAll(content.headers());
        headers.put("Content-Type", content.html() == null ? "text/plain; charset=UTF-8" : "multipart/alternative; text/plain and text/html in UTF-8");
        return headers;
    }
}
