package dev.drover.bench;

import dev.drover.testing.Api;
import dev.drover.testing.DroverProcess;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/**
 * Opens and clicks of mails that were really sent, by connections that are kept open; afterwards each must be in the database. First as many as go, for what a
 * core's worth of work carries; then at a beat, for how long one waits. {@code -Drequests -Dconnections -Drate}.
 */
final class ClickBench implements Bench.Program {

    private static final int MAILS = Integer.getInteger("mails", 4_000);
    private static final int REQUESTS = Integer.getInteger("requests", 120_000);
    private static final int CONNECTIONS = Integer.getInteger("connections", 16);
    private static final int RATE = Integer.getInteger("rate", 3_000);
    private static final Pattern TRACKED = Pattern.compile("https?://[^/\"]+(/t/[oc]/[A-Za-z0-9_.-]+)");

    @Override
    public void run() throws Exception {
        var mails = new ConcurrentLinkedQueue<String>();
        try (var sink = new SmtpSink(mails::add); var drover = DroverProcess.startIn(Files.createTempDirectory(Path.of("target"), "process-home"), "768m",
                Map.of("DROVER_SMTP_HOST", "127.0.0.1", "DROVER_SMTP_PORT", Integer.toString(sink.port()), "DROVER_TRACKING_TRANSACTIONAL", "true"))) {
            var api = drover.api();
            send(api);
            Api.await("all mails arrive", Duration.ofMinutes(3), () -> mails.size() == MAILS);
            var paths = paths(mails);
            System.out.printf("%,d addresses of %,d mails%n", paths.size(), MAILS);
            int port = URI.create(api.base()).getPort();
            fire(port, paths, REQUESTS / 2, Integer.MAX_VALUE);
            long before = stored(drover);
            awaitStored(drover, REQUESTS / 2);
            long cpu = drover.cpuMillis();
            long begun = System.nanoTime();
            fire(port, paths, REQUESTS, Integer.MAX_VALUE);
            double seconds = (System.nanoTime() - begun) / 1e9;
            double cores = (drover.cpuMillis() - cpu) / 1e3 / seconds;
            System.out.printf("%,d requests on %d connections: %,.0f a second, the application took %.2f cores: %,.0f a second on one core's worth%n", REQUESTS, CONNECTIONS, REQUESTS / seconds, cores,
                    REQUESTS / seconds / cores);
            awaitStored(drover, REQUESTS / 2 + REQUESTS);
            System.out.println(Figures.of("at " + RATE + " a second: due → answered", fire(port, paths, REQUESTS, RATE)));
            awaitStored(drover, REQUESTS / 2 + 2 * REQUESTS);
            System.out.printf("%,d of %,d hits are in the database (%,d after warming up)%n", stored(drover), REQUESTS / 2 + 2 * REQUESTS, before);
        }
    }

    private static void send(Api api) throws Exception {
        api.postJson("/api/v1/customers", "{\"externalId\": \"clicks\", \"email\": \"clicks@example.org\", \"firstName\": \"Sam\"}");
        api.postJson("/api/v1/templates", """
                {"key": "clicks", "name": "Thanks", "channel": "email", "type": "transactional", "subject": "Order",
                 "html": "<html><body><p><a href=\\"https://shop.example/a\\">One</a> <a href=\\"https://shop.example/b\\">two</a> <a href=\\"https://shop.example/c\\">three</a></p></body></html>"}""");
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (int n = 0; n < MAILS; n++) {
                String body = "{\"customerId\": \"clicks\", \"channel\": \"email\", \"template\": \"clicks\", \"key\": \"%d\"}".formatted(n);
                threads.submit(() -> api.postJson("/api/v1/messages", body));
            }
        }
    }

    private static List<String> paths(Iterable<String> mails) {
        var paths = new ArrayList<String>();
        for (String mail : mails) {
            var tracked = TRACKED.matcher(mail.replace("=\n", "").replace("=3D", "="));
            while (tracked.find()) {
                paths.add(tracked.group(1));
            }
        }
        return paths.stream().distinct().toList();
    }

    /** @return for each, in milliseconds, from the moment it was due at this rate until it was answered */
    private static List<Double> fire(int port, List<String> paths, int requests, int perSecond) throws Exception {
        var next = new AtomicInteger();
        var all = new ArrayList<Double>();
        var ready = new CountDownLatch(1);
        var start = new AtomicLong();
        try (var threads = Executors.newFixedThreadPool(CONNECTIONS)) {
            var parts = new ArrayList<java.util.concurrent.Future<List<Double>>>();
            for (int n = 0; n < CONNECTIONS; n++) {
                parts.add(threads.submit(() -> {
                    ready.await();
                    var millis = new ArrayList<Double>();
                    for (int number = next.getAndIncrement(); number < requests; ) {
                        // Servers end a connection after so many requests, and say so.
                        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port); var in = new BufferedInputStream(socket.getInputStream(), 8_192)) {
                            socket.setTcpNoDelay(true);
                            for (boolean open = true; open && number < requests; number = next.getAndIncrement()) {
                                long due = perSecond == Integer.MAX_VALUE ? System.nanoTime() : start.get() + number * 1_000_000_000L / perSecond;
                                while (System.nanoTime() < due) {
                                    LockSupport.parkNanos(due - System.nanoTime());
                                }
                                socket.getOutputStream().write(("GET " + paths.get(number % paths.size()) + " HTTP/1.1\r\nHost: localhost\r\nUser-Agent: Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X)"
                                        + " AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
                                open = answer(in);
                                millis.add((System.nanoTime() - due) / 1e6);
                            }
                        }
                    }
                    return millis;
                }));
            }
            start.set(System.nanoTime());
            ready.countDown();
            for (var part : parts) {
                all.addAll(part.get());
            }
        }
        return all;
    }

    /** Reads one answer, whose body has a length. @return whether another may be asked for on this connection */
    private static boolean answer(InputStream in) throws IOException {
        String status = line(in);
        if (!status.contains(" 200") && !status.contains(" 302")) {
            throw new IOException("Answered " + status);
        }
        int length = 0;
        boolean open = true;
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            if (header.regionMatches(true, 0, "content-length:", 0, 15)) {
                length = Integer.parseInt(header.substring(15).strip());
            }
            open &= !header.equalsIgnoreCase("Connection: close");
        }
        in.skipNBytes(length);
        return open;
    }

    private static String line(InputStream in) throws IOException {
        var text = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("The connection ended");
            }
            if (next != '\r') {
                text.append((char) next);
            }
        }
        return text.toString();
    }

    private static void awaitStored(DroverProcess drover, long wanted) {
        Api.await("all hits are stored", Duration.ofMinutes(1), () -> stored(drover) >= wanted);
    }

    private static long stored(DroverProcess drover) throws Exception {
        try (var database = drover.database(); var statement = database.createStatement(); var rows = statement.executeQuery("SELECT count(*) FROM engagement")) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
