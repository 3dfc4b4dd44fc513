package dev.drover.bench;

import dev.drover.testing.Api;
import dev.drover.testing.DroverProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** One transactional mail at a time, 20 a second: from the call of the API to the moment the mail server has it. {@code -Drate -Dseconds}. */
final class PromptBench implements Bench.Program {

    private static final int PER_SECOND = Integer.getInteger("rate", 20);
    private static final int SECONDS = Integer.getInteger("seconds", 60);
    private static final Pattern NUMBER = Pattern.compile("Thanks for order (\\d+)\\.");

    @Override
    public void run() throws Exception {
        var arrived = new ConcurrentHashMap<Integer, Long>();
        try (var sink = new SmtpSink(mail -> {
            var number = NUMBER.matcher(mail);
            if (number.find()) {
                arrived.put(Integer.parseInt(number.group(1)), System.nanoTime());
            }
        }); var drover = DroverProcess.startIn(Files.createTempDirectory(Path.of("target"), "process-home"), "768m",
                Map.of("DROVER_SMTP_HOST", "127.0.0.1", "DROVER_SMTP_PORT", Integer.toString(sink.port())))) {
            var api = drover.api();
            api.postJson("/api/v1/customers", "{\"externalId\": \"prompt\", \"email\": \"prompt@example.org\", \"firstName\": \"Sam\"}");
            api.postJson("/api/v1/templates", """
                    {"key": "prompt", "name": "Thanks", "channel": "email", "type": "transactional", "subject": "Order {{orderId}}",
                     "html": "<html><body><p>Dear {{customer.firstName}},</p><p>Thanks for order {{orderId}}.</p></body></html>"}""");
            drive(api, arrived, 0, 30 * PER_SECOND);
            var called = drive(api, arrived, 1_000_000, SECONDS * PER_SECOND);
            var millis = new ArrayList<Double>();
            called.forEach((number, at) -> millis.add((arrived.get(number) - at) / 1e6));
            System.out.println(Figures.of("API called → with the mail server", millis));
            System.out.println(drover.memory());
        }
    }

    private static Map<Integer, Long> drive(Api api, Map<Integer, Long> arrived, int first, int count) throws Exception {
        var called = new ConcurrentHashMap<Integer, Long>();
        var failures = new ConcurrentLinkedQueue<Exception>();
        try (var senders = Executors.newVirtualThreadPerTaskExecutor(); var beat = Executors.newSingleThreadScheduledExecutor()) {
            var next = new int[] {first};
            var beating = beat.scheduleAtFixedRate(() -> {
                int number = next[0]++;
                if (number < first + count) {
                    senders.submit(() -> {
                        called.put(number, System.nanoTime());
                        try {
                            api.postJson("/api/v1/messages", "{\"customerId\": \"prompt\", \"channel\": \"email\", \"template\": \"prompt\", \"key\": \"%1$d\", \"data\": {\"orderId\": \"%1$d\"}}"
                                    .formatted(number));
                        } catch (Exception e) {
                            failures.add(e);
                        }
                    });
                }
            }, 0, 1_000_000 / PER_SECOND, TimeUnit.MICROSECONDS);
            Api.await("all mails arrive", Duration.ofSeconds(count / PER_SECOND + 60), () -> arrived.keySet().stream().filter(number -> number >= first && number < first + count).count() + failures.size() >= count);
            beating.cancel(true);
        }
        if (!failures.isEmpty()) {
            throw new IllegalStateException(failures.size() + " calls failed, such as", failures.peek());
        }
        return called;
    }
}
