package dev.drover.delivery.throughput;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.delivery.throughput.Placement.Go;
import dev.drover.delivery.throughput.Placement.Stay;
import dev.drover.delivery.throughput.Placement.Wait;
import dev.drover.delivery.throughput.Standing.Pause;
import dev.drover.kernel.Channel;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who is handed what, without a database: the clock is moved, the day's figures are given. */
class PlacingTests {

    private static final Line SMTP = new Line("smtp", Set.of(Channel.EMAIL), 10);
    private static final Line SENDGRID = new Line("sendgrid", Set.of(Channel.EMAIL), 20);
    private static final Line CAPTURE = new Line("capture", EnumSet.allOf(Channel.class), 0);

    private final Map<String, Standing> standings = new HashMap<>();
    private final Map<DayKey, Integer> used = new HashMap<>();
    private final Gauges gauges = new Gauges();
    private Line.All lines = () -> List.of(SMTP, SENDGRID, CAPTURE);
    private Instant now = Instant.parse("2026-03-02T10:00:00Z");

    PlacingTests() {
        set("smtp", 30, null, null);
        set("sendgrid", 70, null, null);
    }

    @Test
    void sharesAreKeptToTheMessage() {
        assertThat(placed(100)).isEqualTo(Map.of("smtp", 30L, "sendgrid", 70L));
    }

    @Test
    void theyTakeTurnsInsteadOfComingInBlocks() {
        set("smtp", 50, null, null);
        set("sendgrid", 50, null, null);
        var placing = placing();
        assertThat(IntStream.range(0, 6).mapToObj(n -> provider(placing.place(mail("a@example.org")))).toList())
                .containsExactly("smtp", "sendgrid", "smtp", "sendgrid", "smtp", "sendgrid");
    }

    @Test
    void aStandByHasNothingToDoUntilItIsNeeded() {
        set("smtp", 0, null, null);
        assertThat(placed(20)).isEqualTo(Map.of("sendgrid", 20L));
        open("sendgrid", 30);
        assertThat(placed(20)).isEqualTo(Map.of("smtp", 20L));
    }

    @Test
    void whatIsPausedOrSwitchedOffIsPassedOver() {
        standings.put("sendgrid", new Standing(settings("sendgrid"), new Pause(now, "admin"), null));
        assertThat(placed(5)).isEqualTo(Map.of("smtp", 5L));
        standings.put("smtp", new Standing(new Settings(false, 30, null, null, null, Map.of()), null, null));
        assertThat(placing().place(mail("a@example.org"))).as("nobody knows until when").isInstanceOf(Stay.class);
    }

    @Test
    void captureStandsInForNoRealProvider() {
        open("smtp", 30);
        open("sendgrid", 60);
        assertThat(placing().place(mail("a@example.org"))).isInstanceOfSatisfying(Wait.class, wait -> {
            assertThat(wait.until()).isEqualTo(now.plusSeconds(30));
            assertThat(wait.reason()).contains("smtp").contains("down");
        });
        lines = () -> List.of(CAPTURE);
        assertThat(provider(placing().place(mail("a@example.org")))).isEqualTo("capture");
    }

    @Test
    void aFewTryWhetherItIsWellAgain() {
        set("smtp", 0, null, null);
        standings.put("sendgrid", new Standing(settings("sendgrid"), null, new Opening(now.minusSeconds(60), now, "down", 1)));
        assertThat(placed(10)).isEqualTo(Map.of("sendgrid", 3L, "smtp", 7L));
    }

    @Test
    void overQuotaTheOthersSendAndThenTheNextDay() {
        set("smtp", 30, null, 5);
        set("sendgrid", 70, null, 5);
        used.put(DayKey.all("smtp"), 2);
        var placing = placing();
        var placements = IntStream.range(0, 10).mapToObj(n -> placing.place(mail("a@example.org"))).toList();
        assertThat(placements.stream().filter(Go.class::isInstance)).hasSize(8);
        assertThat(placements.getLast()).isInstanceOfSatisfying(Wait.class, wait -> {
            assertThat(wait.until()).isEqualTo("2026-03-03T00:00:00Z");
            assertThat(wait.rule()).isEqualTo(Waiting.DAY);
        });
        assertThat(placing.taken()).isEqualTo(Map.of(DayKey.all("smtp"), 3, DayKey.all("sendgrid"), 5));
    }

    @Test
    void theSmallerOfQuotaAndPlanIsTheDaysLimit() {
        var plan = new WarmUp(LocalDate.of(2026, 3, 1), List.of(50, 100, 250), new BigDecimal("2"));
        var settings = new Settings(true, 100, null, 900, plan, Map.of());
        assertThat(List.of("2026-02-20", "2026-03-01", "2026-03-02", "2026-03-03", "2026-03-04", "2026-03-05", "2026-03-30").stream()
                .map(day -> settings.limit(LocalDate.parse(day)).most())).containsExactly(50, 50, 100, 250, 500, 900, 900);
        assertThat(settings.limit(LocalDate.of(2026, 3, 2)).warming()).isTrue();
        assertThat(settings.limit(LocalDate.of(2026, 3, 5)).warming()).isFalse();
        assertThat(new Settings(true, 100, null, null, new WarmUp(plan.start(), plan.limits(), null), Map.of()).limit(LocalDate.of(2026, 3, 4))).as("the plan is over").isNull();
    }

    @Test
    void aRateLetsASecondsWorthThroughAndTheRestStays() {
        set("smtp", 100, "5", null);
        standings.put("sendgrid", new Standing(new Settings(false, 0, null, null, null, Map.of()), null, null));
        assertThat(placed(20)).isEqualTo(Map.of("smtp", 5L));
        now = now.plusMillis(400);
        assertThat(placed(20)).isEqualTo(Map.of("smtp", 2L));
        now = now.plusSeconds(60);
        assertThat(placed(20)).as("nothing is saved up").isEqualTo(Map.of("smtp", 5L));
        now = now.minusSeconds(3_600);
        assertThat(placed(20)).as("time was set back").isEmpty();
        now = now.plusSeconds(1);
        assertThat(placed(20)).isEqualTo(Map.of("smtp", 5L));
    }

    @Test
    void whatIsUrgentOverdrawsTheRateAndAdvertisingPaysForIt() {
        set("smtp", 100, "5", null);
        standings.put("sendgrid", new Standing(new Settings(false, 0, null, null, null, Map.of()), null, null));
        assertThat(placed(5)).isEqualTo(Map.of("smtp", 5L));
        assertThat(placing().place(new Candidate(Channel.EMAIL, "a@example.org", true, null))).isInstanceOf(Go.class);
        now = now.plusMillis(300);
        assertThat(placed(5)).isEmpty();
    }

    @Test
    void aDomainsRateSpreadsItsMailAndHoldsUpNobodyElse() {
        standings.put("sendgrid", new Standing(new Settings(false, 0, null, null, null, Map.of()), null, null));
        domain("gmail.com", "2", null);
        var placing = placing();
        var placements = IntStream.range(0, 6).mapToObj(n -> placing.place(mail("a" + n + "@Gmail.com"))).toList();
        assertThat(placements.stream().filter(Go.class::isInstance)).hasSize(2);
        assertThat(placements.stream().filter(Wait.class::isInstance).map(wait -> ((Wait) wait).until()).toList())
                .containsExactly(now.plusMillis(500), now.plusMillis(1_000), now.plusMillis(1_500), now.plusMillis(2_000));
        assertThat(placing.place(mail("b@example.org"))).isInstanceOf(Go.class);
    }

    @Test
    void aDomainsDayIsOverForItselfOnlyAndForThisProviderOnly() {
        domain("gmail.com", null, 3);
        used.put(new DayKey("smtp", "gmail.com"), 3);
        var placing = placing();
        assertThat(IntStream.range(0, 10).mapToObj(n -> provider(placing.place(mail("a@gmail.com")))).collect(Collectors.toSet())).containsExactly("sendgrid");
        standings.put("sendgrid", new Standing(new Settings(false, 0, null, null, null, Map.of()), null, null));
        var alone = placing();
        assertThat(alone.place(mail("a@gmail.com"))).isInstanceOfSatisfying(Wait.class, wait -> {
            assertThat(wait.until()).isEqualTo(LocalDate.of(2026, 3, 3).atStartOfDay(ZoneOffset.UTC).toInstant());
            assertThat(wait.reason()).contains("gmail.com");
        });
        assertThat(alone.place(mail("a@example.org"))).isInstanceOf(Go.class);
    }

    @Test
    void whatOneMayHaveAlreadyIsGivenToNoOther() {
        open("smtp", 30);
        assertThat(placing().place(bound("smtp"))).isInstanceOfSatisfying(Wait.class, wait -> assertThat(wait.until()).isEqualTo(now.plusSeconds(30)));
        standings.put("smtp", new Standing(settings("smtp"), new Pause(now, "admin"), null));
        assertThat(placing().place(bound("smtp"))).as("and holds up nobody").isInstanceOf(Wait.class);
        assertThat(placing().place(bound("gone"))).isInstanceOfSatisfying(Wait.class, wait -> assertThat(wait.reason()).contains("twice"));
        set("smtp", 0, null, null);
        assertThat(provider(placing().place(bound("smtp")))).isEqualTo("smtp");
    }

    @Test
    void strangeAddressesHaveADomainOrNone() {
        assertThat(mail("\"a@b\"@Bücher.example").domain()).isEqualTo("xn--bcher-kva.example");
        assertThat(mail("nobody").domain()).isEqualTo("nobody");
        assertThat(mail("a@").domain()).isEmpty();
        assertThat(mail("a@" + "x".repeat(300)).domain()).hasSize(300);
        assertThat(new Candidate(Channel.SMS, "+31612345678", false, null).domain()).isEmpty();
    }

    private Placing placing() {
        return new Placing(new Snapshot(null, Map.copyOf(standings), LocalDate.ofInstant(now, ZoneOffset.UTC), used), gauges, lines, used, now);
    }

    private Map<String, Long> placed(int messages) {
        var placing = placing();
        return IntStream.range(0, messages).mapToObj(n -> placing.place(mail("a" + n + "@example.org"))).filter(Go.class::isInstance)
                .collect(Collectors.groupingBy(PlacingTests::provider, Collectors.counting()));
    }

    private static String provider(Placement placement) {
        return ((Go) placement).ticket().provider();
    }

    private static Candidate mail(String address) {
        return new Candidate(Channel.EMAIL, address, false, null);
    }

    private static Candidate bound(String provider) {
        return new Candidate(Channel.EMAIL, "a@example.org", false, provider);
    }

    private Settings settings(String provider) {
        return standings.get(provider).settings();
    }

    private void set(String provider, int weight, @Nullable String perSecond, @Nullable Integer perDay) {
        standings.put(provider, new Standing(new Settings(true, weight, perSecond == null ? null : new BigDecimal(perSecond), perDay, null, Map.of()), null, null));
    }

    private void domain(String domain, @Nullable String perSecond, @Nullable Integer perDay) {
        standings.put("smtp", new Standing(new Settings(true, 100, null, null, null,
                Map.of(domain, new DomainLimit(domain, perSecond == null ? null : new BigDecimal(perSecond), perDay))), null, null));
    }

    private void open(String provider, int seconds) {
        standings.put(provider, new Standing(settings(provider), null, new Opening(now, now.plusSeconds(seconds), "down", 1)));
    }
}
