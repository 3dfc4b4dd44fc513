package dev.drover.delivery.push;

import com.google.firebase.messaging.AndroidConfig;
import com.google.firebase.messaging.AndroidNotification;
import com.google.firebase.messaging.ApnsConfig;
import com.google.firebase.messaging.Aps;
import com.google.firebase.messaging.Message;
import com.google.firebase.messaging.Notification;
import dev.drover.delivery.ChannelProvider.Outbound;
import java.nio.charset.StandardCharsets;

/**
 * A message as Firebase takes it: the subject as title, the text below it, and our id for the app. Handed over twice, it replaces itself on the
 * device instead of standing there twice.
 */
final class PushMessage {

    /** All of it may have 4,096 bytes; devices show far less. */
    private static final int TITLE_BYTES = 400;
    private static final int TEXT_BYTES = 2_800;

    private PushMessage() {}

    static Message of(Outbound outbound) {
        var content = outbound.content();
        String id = Long.toString(outbound.id());
        String tag = "drover-" + id;
        return Message.builder()
                .setToken(outbound.address())
                .setNotification(Notification.builder().setTitle(content.subject() == null ? null : cut(content.subject(), TITLE_BYTES))
                        .setBody(cut(content.text(), TEXT_BYTES)).build())
                .putData("drover_message", id)
                .setAndroidConfig(AndroidConfig.builder().setNotification(AndroidNotification.builder().setTag(tag).build()).build())
                .setApnsConfig(ApnsConfig.builder().putHeader("apns-collapse-id", tag).setAps(Aps.builder().build()).build())
                .build();
    }

    /** To so many bytes of UTF-8, and no letter torn apart. */
    static String cut(String text, int most) {
        if (text.getBytes(StandardCharsets.UTF_8).length <= most) {
            return text;
        }
        int room = most - "…".getBytes(StandardCharsets.UTF_8).length;
        int end = 0;
        while (true) {
            int point = text.codePointAt(end);
            room -= point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
            if (room < 0) {
                return text.substring(0, end) + "…";
            }
            end += Character.charCount(point);
        }
    }
}
