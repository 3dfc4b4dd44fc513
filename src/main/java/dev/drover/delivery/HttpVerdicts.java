package dev.drover.delivery;

import dev.drover.delivery.ChannelProvider.Result;
import dev.drover.delivery.ChannelProvider.Result.Cause;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Set;
import java.util.regex.Pattern;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/**
 * What providers spoken to over HTTP have in common: what a status means where the answer says nothing more precise, and what a broken call
 * means. No address is to blame for either.
 *
 * @param who      the provider, as people call it
 * @param settings the settings to look at when it refuses us
 * @param clock    for a {@code Retry-After} that is a date
 */
public record HttpVerdicts(String who, String settings, Clock clock) {

    private static final int MOST_WORDS = 300;
    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");
    private static final Set<Class<? extends Exception>> BEFORE_ANYTHING_WAS_SAID = Set.of(ConnectException.class, UnknownHostException.class,
            NoRouteToHostException.class, HttpConnectTimeoutException.class, SSLHandshakeException.class, SSLPeerUnverifiedException.class);
    /** Each HTTP client has a class of its own for a connection it waited for in vain. */
    private static final Pattern NO_CONNECTION_IN_TIME = Pattern.compile("Connect(ion(Pool|Request))?TimeoutException");

    /** @param retryAfter the header of this name */
    public Result refused(int status, @Nullable String retryAfter, @Nullable String said) {
        if (status == 401 || status == 403) {
            return ours(said);
        }
        if (status == 429) {
            return new Result.Temporary("%s asks us to slow down: %s".formatted(who, words(said)), after(retryAfter), Cause.LIMIT);
        }
        if (status >= 500) {
            return new Result.Temporary("%s is in trouble (%d): %s".formatted(who, status, words(said)), after(retryAfter), Cause.PROVIDER);
        }
        return new Result.Temporary("%s answers %d, which we don't understand: %s".formatted(who, status, words(said)), after(retryAfter),
                status == 400 ? Cause.MESSAGE : Cause.PROVIDER);
    }

    /** A mistake of ours, that mending the settings helps. */
    public Result.Temporary ours(@Nullable String said) {
        return new Result.Temporary("%s refuses us (%s): %s".formatted(who, settings, words(said)), Cause.OURS);
    }

    public Result permanent(String what, @Nullable String said) {
        return new Result.Permanent("%s, says %s: %s".formatted(what, who, words(said)));
    }

    /** It answered as if it had taken the message, but not in its own words: a proxy may have done so. */
    public Result unreadable(@Nullable String said) {
        return new Result.Unclear("%s's answer can't be read, so whether it took the message isn't known: %s".formatted(who, words(said)));
    }

    /** The call broke. Only where no connection came about is it certain that the message wasn't taken. */
    public Result broken(Throwable failure) {
        String said = words(failure.getMessage() == null ? failure.toString() : failure.getMessage());
        for (Throwable one = failure; one != null; one = one.getCause()) {
            Throwable cause = one;
            if (BEFORE_ANYTHING_WAS_SAID.stream().anyMatch(type -> type.isInstance(cause)) || NO_CONNECTION_IN_TIME.matcher(one.getClass().getSimpleName()).matches()) {
                return new Result.Temporary("%s can't be reached: %s".formatted(who, said), Cause.AWAY);
            }
        }
        return new Result.Unclear("The connection to %s broke after the message was handed over, before it was acknowledged: %s".formatted(who, said));
    }

    /** RFC 9110, 10.2.3: seconds, or a date. */
    @Nullable Duration after(@Nullable String retryAfter) {
        if (retryAfter == null) {
            return null;
        }
        String value = retryAfter.strip();
        if (SECONDS.matcher(value).matches()) {
            return Duration.ofSeconds(Math.max(1, Long.parseLong(value)));
        }
        try {
            Instant at = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
            var until = Duration.between(clock.instant(), at);
            return until.isPositive() ? until : Duration.ofSeconds(1);
        } catch (DateTimeException notOne) {
            return null;
        }
    }

    /** One line, not too long: an answer may be a page. */
    public static String words(@Nullable String said) {
        String line = said == null ? "" : said.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return line.isEmpty() ? "no word why" : line.length() > MOST_WORDS ? line.substring(0, MOST_WORDS) + "…" : line;
    }
}
