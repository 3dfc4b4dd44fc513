package dev.drover.delivery.throughput;

import dev.drover.kernel.Channel;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A provider that comes with Drover, whether it is configured or not.
 *
 * @param settings what to set, so that it is
 */
record KnownProvider(String name, String label, Set<Channel> channels, String settings) {

    static final List<KnownProvider> ALL = List.of(
            new KnownProvider("smtp", "SMTP server", Set.of(Channel.EMAIL), "DROVER_SMTP_HOST, and _PORT, _USER, _PASSWORD, _TLS where it wants them"),
            new KnownProvider("sendgrid", "SendGrid", Set.of(Channel.EMAIL), "DROVER_SENDGRID_API_KEY"),
            new KnownProvider("ses", "Amazon SES", Set.of(Channel.EMAIL), "DROVER_SES_REGION, and _ACCESS_KEY, _SECRET_KEY unless the machine has a role"),
            new KnownProvider("twilio", "Twilio", Set.of(Channel.SMS), "DROVER_TWILIO_ACCOUNT_SID, _AUTH_TOKEN and _FROM or _MESSAGING_SERVICE_SID"),
            new KnownProvider("firebase", "Firebase", Set.of(Channel.PUSH), "DROVER_FIREBASE_CREDENTIALS"),
            new KnownProvider(Line.CAPTURE, "Capture", EnumSet.allOf(Channel.class), ""));

    static String label(String name) {
        return ALL.stream().filter(known -> known.name().equals(name)).map(KnownProvider::label).findFirst().orElse(name);
    }
}
