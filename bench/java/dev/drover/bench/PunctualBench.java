package dev.drover.bench;

import dev.drover.testing.Api;
import dev.drover.testing.DroverProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * How punctual campaigns are on the real clock: due → the first mail at the mail server. One after the other, ten at the same second, some that come again, and those
 * whose time came while application and engine were killed; all beside others that only wait. {@code -Dcampaigns=20 -Dwaiting=20 -Drecipients=50}.
 */
final class PunctualBench implements Bench.Program {

    private static final Pattern RECIPIENT = Pattern.compile("(?m)^To: .*?([a-z0-9]+)-[0-9]+@bench\\.example");
    private static final double GOAL_MILLIS = 5_000;
    private static final int AT_ONCE = 10;
    private static final int AGAIN = 5;

    private final Map<String, Instant> first = new ConcurrentHashMap<>();
    private final int recipients = Integer.getInteger("recipients", 50);
    private boolean late;

    @Override
    public void run() throws Exception {
        int campaigns = Integer.getInteger("campaigns", 20);
        int waiting = Integer.getInteger("waiting", 20);
        try (var sink = new SmtpSink(this::take)) {
            var home = Files.createTempDirectory(Path.of("target"), "process-home");
            var drover = DroverProcess.startIn(home, "512m", Map.of("DROVER_SMTP_HOST", "127.0.0.1", "DROVER_SMTP_PORT", Integer.toString(sink.port())));
            try {
                var api = drover.api();
                api.postJson("/api/v1/templates", CampaignBench.TEMPLATE);
                var names = IntStream.range(0, campaigns + AT_ONCE + AGAIN + waiting + AT_ONCE).mapToObj(n -> "p" + n).toList();
                try (var database = drover.database()) {
                    for (String name : names) {
                        CampaignBench.fill(database, name, recipients);
                    }
                }
                int from = 0;
                for (String name : names.subList(0, waiting)) {
                    schedule(api, name, Instant.now().plus(Duration.ofDays(3)));
                }
                from += waiting;
                oneByOne(api, names.subList(from, from += campaigns));
                together(api, names.subList(from, from += AT_ONCE));
                again(api, names.subList(from, from += AGAIN));
                whileItWasDown(drover, names.subList(from, from + AT_ONCE));
            } finally {
                drover.close();
            }
        }
        if (late) {
            System.exit(1);
        }
    }

    private void take(String mail) {
        var now = Instant.now();
        var to = RECIPIENT.matcher(mail);
        if (to.find()) {
            first.putIfAbsent(to.group(1), now);
        }
    }

    private void oneByOne(Api api, List<String> names) throws Exception {
        var due = new ArrayList<Instant>();
        var start = Instant.now().plusSeconds(10 + names.size() / 4).truncatedTo(ChronoUnit.SECONDS);
        for (int n = 0; n < names.size(); n++) {
            due.add(start.plusMillis(1_700L * n));
            schedule(api, names.get(n), due.get(n));
        }
        report("one after the other, 1.7 s apart", names, due);
    }

    private void together(Api api, List<String> names) throws Exception {
        var at = Instant.now().plusSeconds(15).truncatedTo(ChronoUnit.SECONDS);
        for (String name : names) {
            schedule(api, name, at);
        }
        report(names.size() + " at the same second", names, names.stream().map(name -> at).toList());
    }

    private void again(Api api, List<String> names) throws Exception {
        var at = Instant.now().plusSeconds(75).truncatedTo(ChronoUnit.MINUTES);
        var time = LocalTime.ofInstant(at, ZoneOffset.UTC);
        for (String name : names) {
            long id = api.postJson("/api/v1/campaigns", "{\"name\": \"%1$s\", \"segment\": \"%1$s\", \"template\": \"bench\", \"type\": \"automated\", \"settings\": {\"repeat\": {\"time\": \"%2$s\", \"timeZone\": \"UTC\"}}}".formatted(name, time))
                    .get("id").asLong();
            api.postJson("/api/v1/campaigns/" + id + "/schedule", "{}");
        }
        report("recurring, " + names.size() + " at the same minute", names, names.stream().map(name -> at).toList());
    }

    /** Their time comes while nobody is there: from when the server is back it is told. */
    private void whileItWasDown(DroverProcess drover, List<String> names) throws Exception {
        var at = Instant.now().plusSeconds(12).truncatedTo(ChronoUnit.SECONDS);
        for (String name : names) {
            schedule(drover.api(), name, at);
        }
        drover.killNine();
        TimeUnit.MILLISECONDS.sleep(Math.max(0, Duration.between(Instant.now(), at.plusSeconds(3)).toMillis()));
        drover.start();
        var ready = Instant.now();
        Api.await("all have begun", Duration.ofMinutes(3), () -> first.keySet().containsAll(names));
        System.out.println(Figures.of("killed before its time: ready → first mail", names.stream().map(name -> (double) Duration.between(ready, first.get(name)).toMillis()).toList()));
    }

    private void report(String what, List<String> names, List<Instant> due) throws Exception {
        Api.await(what, Duration.ofMinutes(4), () -> first.keySet().containsAll(names));
        var figures = Figures.of(what, IntStream.range(0, names.size()).mapToObj(n -> (double) Duration.between(due.get(n), first.get(names.get(n))).toMillis()).toList());
        boolean good = figures.percentile(1) < GOAL_MILLIS && figures.percentile(0) >= 0;
        late |= !good;
        System.out.println(figures + (good ? "  good" : "  LATE"));
    }

    private static void schedule(Api api, String name, Instant at) throws Exception {
        long id = api.postJson("/api/v1/campaigns", "{\"name\": \"%1$s\", \"segment\": \"%1$s\", \"template\": \"bench\"}".formatted(name)).get("id").asLong();
        api.postJson("/api/v1/campaigns/" + id + "/schedule", "{\"scheduledAt\": \"%s\"}".formatted(at));
    }
}
