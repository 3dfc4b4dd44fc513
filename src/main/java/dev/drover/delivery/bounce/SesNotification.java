package dev.drover.delivery.bounce;

import dev.drover.kernel.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A notification of Amazon SES that its topic sends by mail: JSON, broken into lines wherever they grew too long. */
record SesNotification(boolean complaint, boolean bounce, Optional<String> messageId, List<StatusReport.Entry> entries) {

    static Optional<SesNotification> of(String text, int most) {
        int from = text.indexOf('{');
        int to = text.lastIndexOf('}');
        if (from < 0 || to < from || !text.contains("notificationType") && !text.contains("eventType")) {
            return Optional.empty();
        }
        try {
            return of(Json.map(text.substring(from, to + 1).replaceAll("\\r?\\n ?", "")), most);
        } catch (RuntimeException notJson) {
            return Optional.empty();
        }
    }

    private static Optional<SesNotification> of(Map<String, Object> json, int most) {
        String type = String.valueOf(json.getOrDefault("notificationType", json.get("eventType"))).toLowerCase(Locale.ROOT);
        var entries = new ArrayList<StatusReport.Entry>();
        switch (type) {
            case "bounce" -> items(json, "bounce", "bouncedRecipients").forEach(one -> add(entries, one, "failed", most));
            case "complaint" -> items(json, "complaint", "complainedRecipients").forEach(one -> add(entries, one, "", most));
            case "delivery" -> items(json, "delivery", "recipients").forEach(one -> add(entries, Map.of("emailAddress", one, "diagnosticCode", said(json)), "delivered", most));
            default -> {
                return Optional.empty();
            }
        }
        return Optional.of(new SesNotification(type.equals("complaint"), type.equals("bounce"), messageId(json), entries));
    }

    private static Object said(Map<String, Object> json) {
        return json.get("delivery") instanceof Map<?, ?> delivery && delivery.get("smtpResponse") != null ? delivery.get("smtpResponse") : "";
    }

    private static Optional<String> messageId(Map<String, Object> json) {
        return json.get("mail") instanceof Map<?, ?> mail && mail.get("commonHeaders") instanceof Map<?, ?> headers
                ? Addresses.messageId(String.valueOf(headers.get("messageId"))) : Optional.empty();
    }

    private static List<?> items(Map<String, Object> json, String part, String list) {
        return json.get(part) instanceof Map<?, ?> inner && inner.get(list) instanceof List<?> items ? items : List.of();
    }

    private static void add(List<StatusReport.Entry> entries, Object item, String action, int most) {
        if (entries.size() < most && item instanceof Map<?, ?> fields) {
            Addresses.first(String.valueOf(fields.get("emailAddress"))).ifPresent(address -> entries.add(new StatusReport.Entry(address,
                    action, text(fields.get("status")), text(fields.get("diagnosticCode")))));
        }
    }

    private static String text(Object value) {
        return value == null ? "" : value.toString();
    }
}
