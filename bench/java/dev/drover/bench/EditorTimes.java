package dev.drover.bench;

import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.regex.Pattern;

/** How long somebody who writes a rule waits, at the size of the base: for the check, for the impact's first and last figures, and for why one customer is in or out. */
final class EditorTimes {

    private static final String RULE = """
            package rules.segments;
            import dev.drover.ruleset.fact.Customer;
            global dev.drover.ruleset.fact.SegmentVerbs segments;
            rule "try it"
            when
                $c : Customer( orders.count >= %d, orders.daysSinceLast < 60, $n : orders.count )
            then
                segments.enter($c, "tried-out", $n + " orders");
            end
            """;
    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");
    private static final Pattern JOB = Pattern.compile("/rules/impact/([A-Za-z0-9-]+)");
    private static final int TIMES = 30;

    private final HttpClient client = HttpClient.newBuilder().cookieHandler(new CookieManager()).followRedirects(HttpClient.Redirect.NORMAL).build();
    private final String base;
    private String csrf = "";

    private EditorTimes(String base) {
        this.base = base;
    }

    static void measure(String base, String password, int customers) throws Exception {
        var editor = new EditorTimes(base);
        editor.logIn(password);
        editor.check();
        editor.impact();
        editor.why(customers);
    }

    private void logIn(String password) throws Exception {
        csrf = find(CSRF, get("/login"));
        post("/login", "application/x-www-form-urlencoded", form("username", "admin", "password", password));
        csrf = find(CSRF, get("/settings"));
    }

    private void check() throws Exception {
        var millis = new ArrayList<Double>();
        for (int n = 0; n < TIMES + 1; n++) {
            String body = "{\"path\": \"segments/tried-out.drl\", \"source\": \"%s\"}".formatted(RULE.formatted(n + 1).replace("\"", "\\\"").replace("\n", "\\n"));
            long begun = System.nanoTime();
            String answer = post("/rules/check", "application/json", body);
            millis.add((System.nanoTime() - begun) / 1e6);
            if (!answer.contains("\"valid\":true")) {
                throw new IllegalStateException(answer);
            }
        }
        System.out.printf("  rule check: first %.0f ms%n", millis.removeFirst());
        System.out.println("  " + Figures.of("rule check, warm", millis));
    }

    private void impact() throws Exception {
        long begun = System.nanoTime();
        String page = post("/rules/impact", "application/x-www-form-urlencoded", form("path", "segments/tried-out.drl", "source", RULE.formatted(3)));
        String job = find(JOB, page);
        double first = 0;
        while (page.contains("data-state=\"RUNNING\"")) {
            if (first == 0 && page.contains(">tried-out<")) {
                first = (System.nanoTime() - begun) / 1e9;
            }
            Thread.sleep(100);
            page = get("/rules/impact/" + job);
        }
        double all = (System.nanoTime() - begun) / 1e9;
        System.out.printf("  impact of a draft: first figures after %.1f s, all after %.1f s (%s)%n", first == 0 ? all : first, all,
                page.replaceAll("(?s).*data-state=\"([A-Z]+)\".*", "$1"));
    }

    private void why(int customers) throws Exception {
        var millis = new ArrayList<Double>();
        for (int n = 0; n < 2 * TIMES; n++) {
            long begun = System.nanoTime();
            get("/customers/crowd-" + (1 + n * (customers / (2 * TIMES))) + "/segments");
            millis.add((System.nanoTime() - begun) / 1e6);
        }
        System.out.println("  " + Figures.of("why a customer is in or out of each segment", millis.subList(TIMES, 2 * TIMES)));
    }

    private static String find(Pattern pattern, String page) {
        var found = pattern.matcher(page);
        if (!found.find()) {
            throw new IllegalStateException("No " + pattern + " in " + page);
        }
        return found.group(1);
    }

    private static String form(String... pairs) {
        var text = new StringBuilder();
        for (int n = 0; n < pairs.length; n += 2) {
            text.append(n == 0 ? "" : "&").append(pairs[n]).append('=').append(URLEncoder.encode(pairs[n + 1], StandardCharsets.UTF_8));
        }
        return text.toString();
    }

    private String get(String path) throws Exception {
        return answer(HttpRequest.newBuilder(URI.create(base + path)).build());
    }

    private String post(String path, String type, String body) throws Exception {
        return answer(HttpRequest.newBuilder(URI.create(base + path)).header("Content-Type", type).header("X-CSRF-TOKEN", csrf).POST(BodyPublishers.ofString(body)).build());
    }

    private String answer(HttpRequest request) throws Exception {
        var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() >= 400) {
            throw new IllegalStateException(request.uri() + " answers " + answer.statusCode() + ": " + answer.body());
        }
        return answer.body();
    }
}
