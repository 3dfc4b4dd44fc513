package dev.drover.cart;

import dev.drover.kernel.Channel;
import dev.drover.kernel.Checks;
import dev.drover.template.Templates;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A recovery sequence as it is handed in.
 *
 * @param key     small letters, digits and hyphens; given once
 * @param version that the change began with; {@code null}: whatever is there
 */
record SequenceInput(@Nullable String key, @Nullable String name, @Nullable Boolean active, @Nullable List<@Nullable StepInput> steps, @Nullable OfferInput discount,
        @Nullable BigDecimal leastValue, @Nullable Boolean excludeSubscriptions, @Nullable Integer version) {

    static final int MOST_STEPS = 10;
    private static final int LONGEST = 30 * 24 * 60;
    private static final int MOST_DAYS = 365;

    /** @param delayMinutes from the cart's last change, 1 to 43200 (thirty days: then a cart is lost) */
    record StepInput(@Nullable Integer delayMinutes, @Nullable String channel, @Nullable String template, @Nullable Boolean includeDiscount) {}

    /** @param kind percentage or fixed @param days that a code is good for @param minValue of the order */
    record OfferInput(@Nullable String kind, @Nullable BigDecimal value, @Nullable String prefix, @Nullable Integer days, @Nullable BigDecimal minValue) {}

    SequenceInput withKey(String other) {
        return new SequenceInput(other, name, active, steps, discount, leastValue, excludeSubscriptions, version);
    }

    /** @return the sequence it asks for. @throws dev.drover.kernel.Problem rejected, with everything that is wrong, each at its field */
    RecoverySequence checked(Templates templates, Checks checks) {
        checks.required("key", key).required("name", name).atMost("name", name, 200).money("leastValue", leastValue);
        if (key != null && !key.isBlank() && !key.matches("[a-z0-9][a-z0-9-]{0,99}")) {
            checks.fail("key", "A key is made of small letters, digits and hyphens, at most 100 of them.");
        }
        checkSteps(templates, checks);
        checkOffer(checks);
        checks.orThrow();
        return new RecoverySequence(Objects.requireNonNull(key), Objects.requireNonNull(name).strip(), !Boolean.FALSE.equals(active), false,
                Objects.requireNonNull(steps).stream().map(Objects::requireNonNull).map(step -> new RecoverySequence.Step(Objects.requireNonNull(step.delayMinutes()),
                        Objects.requireNonNull(step.channel()), Objects.requireNonNull(step.template()), Boolean.TRUE.equals(step.includeDiscount()))).toList(),
                offer(), leastValue, Boolean.TRUE.equals(excludeSubscriptions), 1);
    }

    private RecoverySequence.@Nullable Offer offer() {
        return discount == null ? null : new RecoverySequence.Offer(Objects.requireNonNull(discount.kind()), Objects.requireNonNull(discount.value()),
                prefix(discount), Objects.requireNonNull(discount.days()), discount.minValue());
    }

    private void checkSteps(Templates templates, Checks checks) {
        if (steps == null || steps.isEmpty() || steps.size() > MOST_STEPS) {
            checks.fail("steps", "A sequence has 1 to " + MOST_STEPS + " reminders.");
            return;
        }
        int before = 0;
        for (int n = 0; n < steps.size(); n++) {
            String at = "steps[%d]".formatted(n);
            var step = steps.get(n);
            if (step == null) {
                checks.fail(at, "This reminder is empty.");
                continue;
            }
            Integer delay = step.delayMinutes();
            if (delay == null || delay < 1 || delay > LONGEST) {
                checks.fail(at + ".delayMinutes", "A reminder goes out between a minute and thirty days after the cart's last change.");
            } else if (delay <= before) {
                checks.fail(at + ".delayMinutes", "A reminder goes out later than the one before it: delays are all counted from the cart's last change.");
            } else {
                before = delay;
            }
            checkTemplate(step, at, templates, checks);
            if (Boolean.TRUE.equals(step.includeDiscount()) && discount == null) {
                checks.fail(at + ".includeDiscount", "This reminder brings a discount, but the sequence says none.");
            }
        }
    }

    private static void checkTemplate(StepInput step, String at, Templates templates, Checks checks) {
        if (step.channel() == null || java.util.Arrays.stream(Channel.values()).noneMatch(channel -> channel.key().equals(step.channel()))) {
            checks.fail(at + ".channel", "The channel is email, sms or push.");
        }
        Optional<Templates.Template> template = step.template() == null || step.template().indexOf('\0') >= 0 ? Optional.empty() : templates.find(step.template());
        if (step.template() == null || step.template().isBlank()) {
            checks.fail(at + ".template", "Choose what this reminder says.");
        } else if (template.isEmpty()) {
            checks.fail(at + ".template", "There is no template '" + step.template() + "'.");
        } else if (!template.get().active()) {
            checks.fail(at + ".template", "The template '" + step.template() + "' is switched off: switch it on, or choose another.");
        } else if (step.channel() != null && !template.get().channel().key().equals(step.channel())) {
            checks.fail(at + ".template", "'%s' is a template for %s, not for %s.".formatted(step.template(), template.get().channel().key(), step.channel()));
        }
    }

    private void checkOffer(Checks checks) {
        if (discount == null) {
            return;
        }
        boolean percentage = "percentage".equals(discount.kind());
        if (!percentage && !"fixed".equals(discount.kind())) {
            checks.fail("discount.kind", "A discount is percentage or fixed.");
        }
        var value = discount.value();
        if (value == null || value.signum() <= 0 || percentage && value.compareTo(BigDecimal.valueOf(100)) > 0 || value.compareTo(BigDecimal.valueOf(10_000_000)) > 0 || value.scale() > 2) {
            checks.fail("discount.value", percentage ? "A percentage is more than 0 and at most 100, with two decimals." : "An amount is more than 0, with two decimals.");
        }
        if (!prefix(discount).matches("[A-Z0-9]{0,12}")) {
            checks.fail("discount.prefix", "A code's prefix is at most 12 letters and digits.");
        }
        if (discount.days() == null || discount.days() < 1 || discount.days() > MOST_DAYS) {
            checks.fail("discount.days", "A code is good for 1 to " + MOST_DAYS + " days.");
        }
        checks.money("discount.minValue", discount.minValue());
    }

    private static String prefix(OfferInput offer) {
        return offer.prefix() == null ? "" : offer.prefix().strip().toUpperCase(Locale.ROOT);
    }
}
