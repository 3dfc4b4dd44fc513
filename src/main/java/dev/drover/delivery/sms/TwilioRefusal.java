package dev.drover.delivery.sms;

import dev.drover.delivery.ChannelProvider.Result;
import dev.drover.delivery.HttpVerdicts;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An answer of Twilio's that isn't "taken". Its codes are at twilio.com/docs/api/errors.
 *
 * @param code {@code null}: the answer isn't in Twilio's words
 */
record TwilioRefusal(int status, @Nullable Integer code, @Nullable String said, @Nullable String retryAfter) {

    /** No number, no mobile, out of reach, or its owner has sent STOP. */
    private static final Set<Integer> ADDRESS = Set.of(21211, 21214, 21217, 21265, 21266, 21401, 21407, 21421, 21610, 21612, 21614, 21635, 30004, 30005, 30006);
    private static final int UNSUBSCRIBED = 21610;
    /** Too long, empty, not allowed: the text's fault. */
    private static final Set<Integer> TEXT = Set.of(21602, 21617, 21619, 21654);
    /** Number or service we send from, countries we may send to, a trial account, an account that is closed. */
    private static final Set<Integer> OURS = Set.of(20003, 20005, 20006, 20404, 21212, 21408, 21603, 21606, 21608, 21618, 21659, 21660, 21661, 21701, 21703, 21704,
            21705, 21712, 30002);
    private static final Set<Integer> BUSY = Set.of(14107, 20429, 21611, 30001);

    Result result(HttpVerdicts verdicts) {
        String words = code == null ? said : "%s (%d)".formatted(HttpVerdicts.words(said), code);
        if (code == null || status >= 500) {
            return status == 404 ? verdicts.ours(words) : verdicts.refused(status, retryAfter, words);
        }
        if (code == UNSUBSCRIBED) {
            return verdicts.permanent("Whoever has this number has sent STOP", words);
        }
        if (ADDRESS.contains(code)) {
            return verdicts.permanent("This number can't be sent to", words);
        }
        if (TEXT.contains(code)) {
            return verdicts.permanent("This text can't be sent", words);
        }
        if (OURS.contains(code)) {
            return verdicts.ours(words);
        }
        return verdicts.refused(BUSY.contains(code) ? 429 : status, retryAfter, words);
    }
}
