package dev.drover.delivery.sms;

import dev.drover.delivery.Endpoint;
import dev.drover.delivery.TimeOuts;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The account at Twilio ({@code DROVER_TWILIO_…}).
 *
 * @param authToken           the account's, or {@code null} with an API key
 * @param apiKey              its name, {@code SK…}, with {@code apiSecret}; can be taken back without touching the account
 * @param from                a number (E.164), a short code or a name of up to eleven characters; {@code null} with a messaging service
 * @param messagingServiceSid {@code MG…}: Twilio picks the number
 * @param answerTimeout       for each answer. With {@code connectTimeout} it stays below the dispatcher's lease
 */
@ConfigurationProperties("drover.twilio")
record TwilioSettings(String accountSid, @Nullable String authToken, @Nullable String apiKey, @Nullable String apiSecret, @Nullable String from,
        @Nullable String messagingServiceSid, @DefaultValue("https://api.twilio.com") String url, @DefaultValue("10s") Duration connectTimeout,
        @DefaultValue("30s") Duration answerTimeout) {

    private static final Pattern ACCOUNT = Pattern.compile("AC[0-9a-fA-F]{32}");
    private static final Pattern SERVICE = Pattern.compile("MG[0-9a-fA-F]{32}");
    private static final Pattern FROM = Pattern.compile("\\+[1-9]\\d{6,14}|\\d{3,8}|(?=.*[A-Za-z])[A-Za-z0-9 +_&-]{1,11}");

    TwilioSettings {
        authToken = given(authToken);
        apiKey = given(apiKey);
        apiSecret = given(apiSecret);
        from = given(from);
        messagingServiceSid = given(messagingServiceSid);
        if (!ACCOUNT.matcher(accountSid).matches()) {
            throw new IllegalArgumentException("DROVER_TWILIO_ACCOUNT_SID is '%s': it is AC and 32 hexadecimal digits.".formatted(accountSid));
        }
        if ((authToken == null) == (apiKey == null) || (apiKey == null) != (apiSecret == null)) {
            throw new IllegalArgumentException("Set either DROVER_TWILIO_AUTH_TOKEN, or both DROVER_TWILIO_API_KEY and DROVER_TWILIO_API_SECRET.");
        }
        if ((from == null) == (messagingServiceSid == null)) {
            throw new IllegalArgumentException("Set either DROVER_TWILIO_FROM or DROVER_TWILIO_MESSAGING_SERVICE_SID: the number messages come from, or the service that picks one.");
        }
        if (from != null && !FROM.matcher(from).matches()) {
            throw new IllegalArgumentException("DROVER_TWILIO_FROM is '%s': use a number such as +15005550006, a short code, or a name of up to 11 characters.".formatted(from));
        }
        if (messagingServiceSid != null && !SERVICE.matcher(messagingServiceSid).matches()) {
            throw new IllegalArgumentException("DROVER_TWILIO_MESSAGING_SERVICE_SID is '%s': it is MG and 32 hexadecimal digits.".formatted(messagingServiceSid));
        }
        Endpoint.of("DROVER_TWILIO_URL", url);
        TimeOuts.check("DROVER_TWILIO", connectTimeout, answerTimeout);
    }

    Endpoint endpoint() {
        return Endpoint.of("DROVER_TWILIO_URL", url);
    }

    String user() {
        return apiKey == null ? accountSid : apiKey;
    }

    String password() {
        return apiSecret == null ? String.valueOf(authToken) : apiSecret;
    }

    /** Without secrets. */
    @Override
    public String toString() {
        return "Twilio account %s at %s".formatted(accountSid, url);
    }

    private static @Nullable String given(@Nullable String value) {
        return value == null || value.isBlank() ? null : value.strip();
    }
}
