package dev.drover.audience;

import dev.drover.kernel.Channel;
import dev.drover.kernel.Checks;
import dev.drover.kernel.Problem;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A customer as the shop tells it. What is left out stays as it is; attributes are merged by name.
 *
 * @param phone    E.164, such as {@code +31612345678}
 * @param timeZone IANA zone
 */
public record CustomerInput(
        @Nullable String externalId,
        @Nullable String email,
        @Nullable String phone,
        @Nullable String pushToken,
        @Nullable String firstName,
        @Nullable String lastName,
        @Nullable String country,
        @Nullable String timeZone,
        @Nullable LocalDate birthday,
        @Nullable Map<String, Object> attributes,
        @Nullable Consent consent) {

    private static final int MOST_ATTRIBUTES = 32_768;
    private static final Set<String> BASES = Set.of("express", "purchase", "inquiry");

    /**
     * What was given or withdrawn by channel; {@code null}: nothing said of it.
     *
     * @param basis     {@code express} (also where it is missing), or implied by a {@code purchase} or an {@code inquiry}: then {@code at} tells when that was
     * @param confirmed the person has confirmed it from the mailbox already, so that no confirmation is asked for here
     * @param text      what the person read and agreed to
     */
    public record Consent(@Nullable Boolean email, @Nullable Boolean sms, @Nullable Boolean push, @Nullable String source, @Nullable Instant at,
            @Nullable String basis, @Nullable Boolean confirmed, @Nullable String text) {

        public Consent(@Nullable Boolean email, @Nullable Boolean sms, @Nullable Boolean push, @Nullable String source, @Nullable Instant at) {
            this(email, sms, push, source, at, null, null, null);
        }

        public @Nullable Boolean of(Channel channel) {
            return switch (channel) {
                case EMAIL -> email;
                case SMS -> sms;
                case PUSH -> push;
            };
        }
    }

    CustomerInput under(String id) {
        return new CustomerInput(id, email, phone, pushToken, firstName, lastName, country, timeZone, birthday, attributes, consent);
    }

    public List<Problem.FieldError> problems(Instant now) {
        var checks = new Checks()
                .required("externalId", externalId).atMost("externalId", externalId, 200)
                .email("email", email == null ? null : email.strip())
                .phone("phone", phone == null ? null : phone.replaceAll("[\\s().-]", ""))
                .atMost("pushToken", pushToken, 4_096)
                .atMost("firstName", firstName, 200).atMost("lastName", lastName, 200)
                .atMost("country", country, 60)
                .zone("timeZone", timeZone)
                .birthday("birthday", birthday, now.atZone(ZoneOffset.UTC).toLocalDate().plusDays(1));
        checks.json("attributes", attributes, MOST_ATTRIBUTES);
        if (consent != null) {
            checks.instant("consent.at", consent.at(), now).atMost("consent.source", consent.source(), 200).atMost("consent.text", consent.text(), 2_000);
            if (consent.basis() != null && !BASES.contains(consent.basis())) {
                checks.fail("consent.basis", "A consent rests on 'express', 'purchase' or 'inquiry'.");
            } else if (consent.basis() != null && !consent.basis().equals("express") && consent.at() == null) {
                checks.fail("consent.at", "consent.at is missing: a consent implied by a purchase or an inquiry runs out, counted from then.");
            }
        }
        return checks.errors();
    }
}
