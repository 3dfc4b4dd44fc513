package dev.drover.ruleset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.ruleset.fact.Message;
import dev.drover.ruleset.fact.Recipient;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules that decide whether a message may go, as they are shipped. */
class ShippedEligibilityTests {

    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

    static RuleGroup rules;

    @BeforeAll
    static void compile() {
        rules = ShippedRules.compile("eligibility");
    }

    @Test
    void letsMarketingGoToWhoAgreed() {
        assertThat(rules.decide(List.of(marketing("a@example.org"), recipient(true, null, 4, NOON, "UTC")), null)).isEmpty();
    }

    @Test
    void asksNoConsentForAnOrderConfirmation() {
        var confirmation = new Message("email", "transactional", "orders", "api", "a@example.org");
        assertThat(rules.decide(List.of(confirmation, recipient(false, null, 50, Instant.parse("2026-06-01T03:00:00Z"), "UTC")), null)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "a@example.org, false,             , 0, consent,     no consent for marketing by email",
        "a@example.org, true,  hard bounce, 0, suppression, the address is suppressed: hard bounce",
        "             , true,              , 0, no-address,  the customer has no address for email",
        "a@example.org, true,              , 5, weekly-cap,  already 5 marketing messages in seven days"})
    void skipsWithTheRulesNameAndReason(String address, boolean consented, String suppressed, int sent, String rule, String reason) {
        assertThat(rules.decide(List.of(marketing(address), recipient(consented, suppressed, sent, NOON, "UTC")), null))
                .extracting(Verdict::verb, Verdict::rule, Verdict::reason)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("skip", rule, reason));
    }

    @Test
    void capsOneChannelAndOneCategoryWithoutTouchingOthers() {
        var texts = Collections.nCopies(2, new Recipient.Sent("offers", "sms", NOON.minusSeconds(60)));
        var text = new Message("sms", "marketing", "newsletter", "journey", "+31612345678");
        assertThat(rules.decide(List.of(text, recipient(text, true, null, texts, NOON, "UTC")), null)).extracting(Verdict::rule).containsExactly("weekly-texts");
        assertThat(rules.decide(List.of(marketing("a@example.org"), recipient(marketing("a@example.org"), true, null, texts, NOON, "UTC")), null)).isEmpty();

        var winBack = new Message("email", "marketing", "win-back", "journey", "a@example.org");
        var before = Collections.nCopies(4, new Recipient.Sent("win-back", "push", NOON.minus(Duration.ofDays(20))));
        assertThat(rules.decide(List.of(winBack, recipient(winBack, true, null, before, NOON, "UTC")), null))
                .extracting(Verdict::rule, Verdict::file, Verdict::reason)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("monthly-win-back", "eligibility/frequency-caps.drl.xlsx", "already 4 win-back messages in thirty days"));
    }

    @ParameterizedTest
    @CsvSource({
        // what, now, zone, until
        "2026-06-01T19:00:00Z, Europe/Amsterdam, 2026-06-02T06:00:00Z",
        "2026-06-02T05:59:59Z, Europe/Amsterdam, 2026-06-02T06:00:00Z",
        "2026-01-01T21:00:00Z, UTC,              2026-01-02T08:00:00Z",
        // The night of 29 March has 23 hours in Amsterdam, that of 25 October has 25.
        "2026-03-28T21:00:00Z, Europe/Amsterdam, 2026-03-29T06:00:00Z",
        "2026-10-24T21:00:00Z, Europe/Amsterdam, 2026-10-25T07:00:00Z",
        // Lord Howe moves its clocks by half an hour, Troll by two hours, and Apia once left a day out.
        "2026-10-03T14:00:00Z, Australia/Lord_Howe, 2026-10-03T21:00:00Z",
        "2026-04-04T14:00:00Z, Australia/Lord_Howe, 2026-04-04T21:30:00Z",
        "2026-03-28T22:00:00Z, Antarctica/Troll, 2026-03-29T06:00:00Z",
        "2011-12-30T08:00:00Z, Pacific/Apia,     2011-12-30T18:00:00Z",
        "2026-06-01T08:00:00Z, Asia/Kolkata,     "})
    void keepsTheNightOfTheCustomersOwnClock(Instant now, String zone, Instant until) {
        var verdicts = rules.decide(List.of(marketing("a@example.org"), recipient(true, null, 0, now, zone)), null);
        assertThat(verdicts).extracting(Verdict::until).isEqualTo(until == null ? List.of() : List.of(until));
    }

    @ParameterizedTest
    @CsvSource({
        // what they chose, marketing in seven days, by which rule it is held back
        "low,    0,  ", "low,    1,  seldom", "normal, 4,  ", "normal, 5,  weekly-cap", "high,   5,  ", "high,   9,  ", "high,   10, often"})
    void sendsAsOftenAsTheCustomerChose(String frequency, int sent, String rule) {
        assertThat(decide(new Recipient.Choices(frequency, false, "express", 0), sent)).isEqualTo(rule);
    }

    @ParameterizedTest
    @CsvSource({"express, 240, ", "purchase, 23, ", "purchase, 24, consent-of-purchase-expired", "inquiry, 5, ", "inquiry, 6, consent-of-inquiry-expired"})
    void impliedConsentRunsOutAndExpressNever(String basis, int months, String rule) {
        assertThat(decide(new Recipient.Choices("normal", false, basis, months), 0)).isEqualTo(rule);
    }

    @Test
    void leavesOutWhatTheCustomerLeftOut() {
        assertThat(decide(new Recipient.Choices("normal", true, "express", 0), 0)).isEqualTo("category");
    }

    @Test
    void writesNoAdvertisingToWhoWasLetGoAndEverythingElse() {
        var advertising = marketing("a@example.org");
        assertThat(rules.decide(List.of(advertising, in(advertising, "sunset")), null)).extracting(Verdict::verb, Verdict::rule).containsExactly(org.assertj.core.groups.Tuple.tuple("skip", "sunset"));
        assertThat(rules.decide(List.of(advertising, in(advertising, "vip")), null)).isEmpty();
        var confirmation = new Message("email", "transactional", "order", "api", "a@example.org");
        assertThat(rules.decide(List.of(confirmation, in(confirmation, "sunset")), null)).isEmpty();
    }

    @Test
    void writesNoAdvertisingToWhoIsKeptWithoutAndEverythingElse() {
        var advertising = marketing("a@example.org");
        assertThat(rules.decide(List.of(advertising, kept(advertising)), null)).extracting(Verdict::verb, Verdict::rule, Verdict::reason)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("skip", "holdout", "kept out of this journey to measure what it brings (holdout)"));
        var confirmation = new Message("email", "transactional", "order", "journey", "a@example.org");
        assertThat(rules.decide(List.of(confirmation, kept(confirmation)), null)).isEmpty();
    }

    private static Recipient kept(Message message) {
        return new Recipient(message, true, Recipient.Choices.USUAL, null, List.of(), Set.of(), "this journey", NOON, ZoneId.of("UTC"));
    }

    private static Recipient in(Message message, String segment) {
        return new Recipient(message, true, Recipient.Choices.USUAL, null, List.of(), Set.of(segment), null, NOON, ZoneId.of("UTC"));
    }

    private static String decide(Recipient.Choices choices, int sent) {
        var message = marketing("a@example.org");
        var verdicts = rules.decide(List.of(message, new Recipient(message, true, choices, null,
                Collections.nCopies(sent, new Recipient.Sent("offers", "push", NOON.minusSeconds(60))), Set.of(), null, NOON, ZoneId.of("UTC"))), null);
        return verdicts.isEmpty() ? null : verdicts.getFirst().rule();
    }

    private static Message marketing(String address) {
        return new Message("email", "marketing", "newsletter", "journey", address);
    }

    private static Recipient recipient(boolean consented, String suppressed, int sent, Instant now, String zone) {
        return recipient(marketing("a@example.org"), consented, suppressed, Collections.nCopies(sent, new Recipient.Sent("offers", "push", now.minusSeconds(60))), now, zone);
    }

    private static Recipient recipient(Message message, boolean consented, String suppressed, List<Recipient.Sent> sent, Instant now, String zone) {
        return new Recipient(message, consented, Recipient.Choices.USUAL, suppressed, sent, Set.of(), null, now, ZoneId.of(zone));
    }
}
