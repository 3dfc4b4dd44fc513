package dev.drover.audience;

import dev.drover.kernel.Channel;
import dev.drover.kernel.Checks;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The consent in a {@code cart.updated}: that its owner ticked a box beside the address. Only a yes is one, and only with its proof: a cart is told again and
 * again, and a yes without its moment would undo a no that was said in between. A box that wasn't ticked takes nothing back: anybody may type anybody's address.
 */
final class CartConsent {

    static final String FIELD = "consent";
    private static final String AT = "properties.consent.";
    private static final Set<String> KNOWN = Set.of("email", "sms", "push", "source", "text", "at", "confirmed");
    private static final int LONGEST_TEXT = 2_000;
    /** The shop's clock and ours. */
    private static final Duration AHEAD = Duration.ofMinutes(5);

    private CartConsent() {}

    static void check(EventInput event, Checks checks, Instant now) {
        Object given = event.propertiesOrNone().get(FIELD);
        if (given == null) {
            return;
        }
        if (!(given instanceof Map<?, ?> consent)) {
            checks.fail("properties.consent", "consent is an object, such as {\"email\": true, \"source\": \"checkout\", \"at\": \"2026-03-01T10:15:00Z\"}.");
            return;
        }
        for (Object name : consent.keySet()) {
            if (!KNOWN.contains(String.valueOf(name))) {
                String shown = String.valueOf(name);
                checks.fail(AT + (shown.length() > 40 ? shown.substring(0, 40) + "…" : shown), "A cart's consent has email, sms and push (true or false), source, text, at and confirmed, and nothing else.");
            }
        }
        boolean any = false;
        for (Channel channel : Channel.values()) {
            any |= flag(consent, channel.key(), checks);
        }
        flag(consent, "confirmed", checks);
        if (any) {
            proof(consent, checks, now);
            addresses(event, consent, checks);
        }
    }

    private static void proof(Map<?, ?> consent, Checks checks, Instant now) {
        text(consent, "source", 200, checks);
        text(consent, "text", LONGEST_TEXT, checks);
        checks.required(AT + "source", consent.get("source"));
        if (consent.get("at") == null) {
            checks.fail(AT + "at", "consent.at is missing: when the box was ticked, not when the cart changed.");
            return;
        }
        Instant at = instant(consent.get("at"));
        if (at == null) {
            checks.fail(AT + "at", "consent.at is no instant with a zone, such as 2026-03-01T10:15:00Z.");
        } else if (at.isAfter(now.plus(AHEAD))) {
            checks.fail(AT + "at", "consent.at is %s, which is yet to come: when the box was ticked is expected.".formatted(at));
        } else {
            checks.instant(AT + "at", at, now);
        }
    }

    /** Without a customer the address says whose consent it is. */
    private static void addresses(EventInput event, Map<?, ?> consent, Checks checks) {
        if (event.customerId() != null) {
            return;
        }
        if (Boolean.TRUE.equals(consent.get("email"))) {
            checks.required("properties.email", event.propertiesOrNone().get("email"));
        }
        if (Boolean.TRUE.equals(consent.get("sms"))) {
            checks.required("properties.phone", event.propertiesOrNone().get("phone"));
        }
        if (Boolean.TRUE.equals(consent.get("push"))) {
            checks.fail(AT + "push", "A cart brings no push token, so its guest can't be written to by push: send the customer with pushToken and consent.");
        }
    }

    private static boolean flag(Map<?, ?> consent, String name, Checks checks) {
        Object value = consent.get(name);
        if (value != null && !(value instanceof Boolean)) {
            checks.fail(AT + name, name + " is true or false.");
        }
        return Boolean.TRUE.equals(value);
    }

    private static void text(Map<?, ?> consent, String name, int longest, Checks checks) {
        Object value = consent.get(name);
        if (value instanceof String text) {
            checks.atMost(AT + name, text, longest);
        } else if (value != null) {
            checks.fail(AT + name, name + " is a text.");
        }
    }

    private static @Nullable Instant instant(@Nullable Object value) {
        try {
            return value instanceof String text ? OffsetDateTime.parse(text).toInstant() : null;
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** @return of a checked event; {@code null}: it brings no yes */
    static CustomerInput.@Nullable Consent of(EventInput event) {
        if (!KnownEvents.CART_UPDATED.equals(event.name()) || !(event.propertiesOrNone().get(FIELD) instanceof Map<?, ?> consent)) {
            return null;
        }
        var given = new CustomerInput.Consent(yes(consent, "email"), yes(consent, "sms"), yes(consent, "push"), (String) consent.get("source"), instant(consent.get("at")),
                "express", yes(consent, "confirmed"), (String) consent.get("text"));
        return given.email() == null && given.sms() == null && given.push() == null ? null : given;
    }

    private static @Nullable Boolean yes(Map<?, ?> consent, String name) {
        return Boolean.TRUE.equals(consent.get(name)) ? true : null;
    }
}
