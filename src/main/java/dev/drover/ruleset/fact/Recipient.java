package dev.drover.ruleset.fact;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who the message is for, as far as it matters for sending. */
public final class Recipient {

    /** How far back marketing is known. */
    public static final int MOST_DAYS = 31;

    private static final String ANY = "any";

    /** A marketing message that was accepted for this customer. */
    public record Sent(String category, String channel, Instant at) {}

    /**
     * What the customer, and the law, say beyond yes and no.
     *
     * @param frequency        {@code low}, {@code normal} or {@code high}
     * @param categoryDeclined whether the customer left out the category of the message at hand
     * @param basis            what the consent rests on: {@code express}, {@code purchase} or {@code inquiry}
     * @param months           whole months since then
     */
    public record Choices(String frequency, boolean categoryDeclined, String basis, int months) {
        public static final Choices USUAL = new Choices("normal", false, "express", 0);
    }

    private final Message message;
    private final boolean consented;
    private final Choices choices;
    private final @Nullable String suppressedFor;
    private final List<Sent> marketing;
    private final Set<String> segments;
    private final @Nullable String keptOutOf;
    private final ZonedDateTime localTime;

    /**
     * @param message       the one at hand
     * @param suppressedFor the reason the address is suppressed for; {@code null}: it isn't
     * @param marketing     what was accepted within {@value #MOST_DAYS} days, the message at hand left out
     * @param segments      keys of those the customer is in; may be left out where no rule asks
     * @param keptOutOf     of what marketing, in words, to measure what it brings; {@code null}: of none
     */
    public Recipient(Message message, boolean consented, Choices choices, @Nullable String suppressedFor, List<Sent> marketing, Set<String> segments,
            @Nullable String keptOutOf, Instant now, ZoneId zone) {
        this.message = message;
        this.consented = consented;
        this.choices = choices;
        this.suppressedFor = suppressedFor;
        this.marketing = marketing;
        this.segments = segments;
        this.keptOutOf = keptOutOf;
        this.localTime = now.atZone(zone);
    }

    /** Whether consent was given for the message's channel and not withdrawn. */
    public boolean isConsented() {
        return consented;
    }

    /** How much the customer wants to hear: {@code low}, {@code normal} or {@code high}. */
    public String getFrequency() {
        return choices.frequency();
    }

    /** Whether the customer doesn't want to hear about the message's category. */
    public boolean isCategoryDeclined() {
        return choices.categoryDeclined();
    }

    /** What the consent rests on: {@code express}, a {@code purchase} or an {@code inquiry}. */
    public String getConsentBasis() {
        return choices.basis();
    }

    /** Whole months since the consent was given, or since the purchase or inquiry it rests on. */
    public int getConsentMonths() {
        return choices.months();
    }

    public @Nullable String getSuppressedFor() {
        return suppressedFor;
    }

    /** Marketing messages of all channels accepted for this customer in the last 7 times 24 hours, this one not counted. */
    public int getMarketingInLast7Days() {
        return marketingWithin(ANY, ANY, 7);
    }

    /**
     * Marketing messages accepted for this customer in the last so many times 24 hours, at most 31, this one not counted.
     *
     * @param category such as {@code newsletter}; {@code any}: whichever
     * @param channel  {@code email}, {@code sms} or {@code push}; {@code any}: whichever
     */
    public int marketingWithin(String category, String channel, int days) {
        Instant from = localTime.toInstant().minus(Duration.ofDays(days));
        return (int) marketing.stream().filter(sent -> sent.at().isAfter(from) && fits(category, sent.category()) && fits(channel, sent.channel())).count();
    }

    /** The same for a cap: 0 where the message at hand isn't of this category or channel, for a cap on newsletters is no matter of a cart reminder's. */
    public int likeThisWithin(String category, String channel, int days) {
        return fits(category, message.getCategory()) && fits(channel, message.getChannel()) ? marketingWithin(category, channel, days) : 0;
    }

    /** Whether the customer is in this segment at the moment. */
    public boolean inSegment(String key) {
        return segments.contains(key);
    }

    /** Of what marketing the customer is kept out, to measure what it brings (a holdout); {@code null}: of none. */
    public @Nullable String getKeptOutOf() {
        return keptOutOf;
    }

    private static boolean fits(String wanted, String actual) {
        return wanted.equals(ANY) || wanted.equals(actual);
    }

    /** The hour on the customer's clock, 0 to 23. */
    public int getLocalHour() {
        return localTime.getHour();
    }

    public String getTimeZone() {
        return localTime.getZone().getId();
    }

    /** The next time the customer's clock shows this full hour, in winter and summer time alike. */
    public Instant nextLocal(int hour) {
        var today = localTime.toLocalDate().atTime(LocalTime.of(hour, 0)).atZone(localTime.getZone());
        var next = today.isAfter(localTime) ? today : localTime.toLocalDate().plusDays(1).atTime(LocalTime.of(hour, 0)).atZone(localTime.getZone());
        return next.toInstant();
    }
}
