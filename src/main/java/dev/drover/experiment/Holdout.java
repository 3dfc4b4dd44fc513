package dev.drover.experiment;

import dev.drover.kernel.Problem;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * A share of customers kept without marketing, to measure what it brings.
 *
 * @param scope {@value #EVERYBODY}, {@code journey:ID}, {@code campaign:ID} or {@code trigger:KEY}
 * @param share above 0, to a half at most
 * @param since when this share began to hold
 */
public record Holdout(String scope, double share, Instant since, String changedBy) {

    public static final String EVERYBODY = "everybody";
    static final double MOST = 0.5;
    private static final int LONGEST = 200;

    /** The scope of what a message comes from; {@code null}: neither a journey nor a campaign nor a trigger. */
    static @Nullable String scope(String originType, String originId) {
        return originType.equals("journey") || originType.equals("campaign") || originType.equals("trigger") ? originType + ":" + originId : null;
    }

    /** @throws Problem rejected for what is no scope, at the field {@code scope} */
    static String checkScope(@Nullable String scope) {
        if (scope == null || !scope.equals(EVERYBODY) && !scope.matches("(journey|campaign|trigger):\\S.*") || scope.length() > LONGEST) {
            throw Problem.invalid("scope", "A holdout is of everybody, of a journey (journey:ID), of a campaign (campaign:ID) or of a trigger (trigger:KEY).");
        }
        return scope;
    }

    /**
     * What decides together with the customer's id. Of everybody it changes with the quarter (UTC), so that nobody is kept without for ever; of a journey
     * or campaign it stays.
     */
    String key(Instant at) {
        return scope.equals(EVERYBODY) ? "holdout:" + quarter(at) : "holdout:" + scope;
    }

    /** @param customer external id */
    boolean keeps(String customer, Instant at) {
        return Assignment.point(key(at), customer) < share;
    }

    /** In the words of a message's reason. */
    String of() {
        return scope.equals(EVERYBODY) ? "all marketing this quarter" : scope.startsWith("journey:") ? "this journey’s marketing" : scope.startsWith("trigger:") ? "this trigger’s marketing" : "this campaign";
    }

    /** Such as 2026-Q4. */
    static String quarter(Instant at) {
        var day = at.atZone(ZoneOffset.UTC);
        return day.getYear() + "-Q" + ((day.getMonthValue() + 2) / 3);
    }

    static LocalDate quarterBegan(Instant at) {
        var day = at.atZone(ZoneOffset.UTC).toLocalDate();
        return LocalDate.of(day.getYear(), (day.getMonthValue() - 1) / 3 * 3 + 1, 1);
    }
}
