package dev.drover.delivery.sms;

import com.twilio.http.TwilioRestClient;
import com.twilio.rest.api.v2010.account.Message;
import com.twilio.type.PhoneNumber;
import dev.drover.delivery.ChannelProvider;
import dev.drover.delivery.HttpVerdicts;
import dev.drover.delivery.SmsSegments;
import dev.drover.kernel.Channel;
import dev.drover.kernel.PlatformClock;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands text messages to Twilio. */
final class TwilioProvider implements ChannelProvider, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(TwilioProvider.class);
    private static final Pattern E164 = Pattern.compile("\\+[1-9]\\d{6,14}");
    private static final int LONGEST = 1_600;

    private final TwilioSettings settings;
    private final StatusCallback callback;
    private final HttpVerdicts verdicts;
    private final TwilioLine line;
    private final TwilioRestClient client;

    TwilioProvider(TwilioSettings settings, StatusCallback callback, PlatformClock clock) {
        this.settings = settings;
        this.callback = callback;
        this.verdicts = new HttpVerdicts("Twilio", "DROVER_TWILIO_ACCOUNT_SID, _AUTH_TOKEN, _FROM, _MESSAGING_SERVICE_SID", clock);
        this.line = new TwilioLine(settings);
        this.client = new TwilioRestClient.Builder(settings.user(), settings.password()).accountSid(settings.accountSid()).httpClient(line).build();
    }

    @Override
    public String name() {
        return "twilio";
    }

    @Override
    public Set<Channel> channels() {
        return Set.of(Channel.SMS);
    }

    @Override
    public int preference() {
        return 10;
    }

    @Override
    public Result send(Outbound outbound) {
        String text = outbound.content().text();
        if (!E164.matcher(outbound.address()).matches()) {
            return new Result.Permanent("'%s' is no phone number in international form, such as +31612345678".formatted(HttpVerdicts.words(outbound.address())));
        }
        if (text.isBlank()) {
            return new Result.Permanent("The message has no text");
        }
        var segments = SmsSegments.of(text);
        if (text.length() > LONGEST) {
            return new Result.Permanent("The text has %d characters (%d segments, %s); Twilio takes %d".formatted(text.length(), segments.count(), segments.encoding(), LONGEST));
        }
        log.debug("Message {} goes in {} segment(s), {}", outbound.id(), segments.count(), segments.encoding());
        try {
            var creator = creator(outbound.address(), text);
            callback.of(outbound).ifPresent(creator::setStatusCallback);
            var message = creator.create(client);
            return message.getSid() == null ? verdicts.unreadable("no sid") : new Result.Taken(message.getSid());
        } catch (TwilioLine.Refused e) {
            return e.refusal().result(verdicts);
        } catch (TwilioLine.Broken e) {
            return verdicts.broken(e.getCause());
        } catch (RuntimeException e) {
            // Refusals and broken calls were told apart: this was a success that can't be read.
            return verdicts.unreadable(e.getMessage());
        }
    }

    /** Twilio's list of messages is by number and day, and none carries our id. */
    @Override
    public Optional<Boolean> has(long messageId) {
        return Optional.empty();
    }

    @Override
    public void close() {
        line.close();
    }

    private com.twilio.rest.api.v2010.account.MessageCreator creator(String to, String text) {
        return settings.messagingServiceSid() == null
                ? Message.creator(settings.accountSid(), new PhoneNumber(to), new PhoneNumber(settings.from()), text)
                : Message.creator(settings.accountSid(), new PhoneNumber(to), settings.messagingServiceSid(), text);
    }
}
