package dev.drover.delivery;

import dev.drover.audience.Customer;
import dev.drover.eventlog.Event;
import dev.drover.eventlog.EventLog;
import dev.drover.kernel.BaseUrl;
import dev.drover.kernel.Channel;
import dev.drover.testing.Api;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.jsoup.Jsoup;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What tests of tracking need: a mail as it arrives, a mail program to open it, and what is known of that. */
@Component
class Mailbox {

    static final String PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1";
    /** Two links to be tracked, and four not to be. */
    static final String LETTER = """
            <a href="{{links.home}}/shop/milk?a=1&amp;b=2">Milk</a> <a href='https://elsewhere.example/'>Elsewhere</a> <a href="mailto:sam@shop.example">Write</a>
            <a href="{{links.unsubscribe}}">Unsubscribe</a> <a href="{{links.preferences}}">Choose</a> <a href="javascript:alert(1)">Do</a>""";
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** @param trap the link that people don't see */
    record Mail(Customer customer, long id, String html, String text, List<String> links, String trap, String pixel) {}

    private final Correspondence post;
    private final Deliveries deliveries;
    private final MessageLedger ledger;
    private final TrackedContent tracked;
    private final EventLog log;
    private final JdbcClient jdbc;
    private final BaseUrl base;

    Mailbox(Correspondence post, Deliveries deliveries, MessageLedger ledger, TrackedContent tracked, EventLog log, JdbcClient jdbc, BaseUrl base) {
        this.post = post;
        this.deliveries = deliveries;
        this.ledger = ledger;
        this.tracked = tracked;
        this.log = log;
        this.jdbc = jdbc;
        this.base = base;
    }

    Mail send(String type, String html) throws IOException, InterruptedException {
        var customer = post.somebody(api(), 12, true);
        long id = deliveries.accept(post.request(customer, Channel.EMAIL, post.template(Channel.EMAIL, type, html))).messageId();
        post.await(id, "sent");
        var content = tracked.of(id, Channel.EMAIL, type, new Mailings.Tracking("test", true, true), ledger.content(id).orElseThrow().content());
        var document = Jsoup.parse(content.html());
        var links = document.select("a[href*=/t/c/]").eachAttr("href");
        return new Mail(customer, id, content.html(), content.text(), links.stream().skip(1).toList(), links.isEmpty() ? "" : links.getFirst(),
                document.select("img[src*=/t/o/]").attr("src"));
    }

    HttpResponse<String> get(String url, String agent) throws IOException, InterruptedException {
        return ask("GET", url, agent);
    }

    HttpResponse<String> ask(String method, String url, String agent) throws IOException, InterruptedException {
        return HTTP.send(HttpRequest.newBuilder(URI.create(url)).method(method, HttpRequest.BodyPublishers.noBody()).header("User-Agent", agent).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** Waits until so many opens and clicks are there and every one is decided upon. */
    void decided(Mail mail, int rows) throws IOException, InterruptedException {
        awaitCount(mail, "", rows);
        advance("PT4S");
        awaitCount(mail, " AND decided", rows);
    }

    private void awaitCount(Mail mail, String condition, int rows) {
        Awaitility.await("opens and clicks" + condition).atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(50)).until(
                () -> jdbc.sql("SELECT count(*) FROM engagement WHERE message_id = ?" + condition).param(mail.id()).query(Integer.class).single(), count -> count == rows);
    }

    /** Of each open and click why it is no person's; {@code null}: it is. */
    List<String> machines(Mail mail) {
        return jdbc.sql("SELECT machine FROM engagement WHERE message_id = ? ORDER BY at").param(mail.id()).query((row, n) -> row.getString(1)).list();
    }

    List<Event> events(Mail mail) {
        return log.ofCustomer(mail.customer().id(), Instant.parse("9999-01-01T00:00:00Z"), 100).stream().filter(event -> event.name().startsWith("email.")).toList();
    }

    Optional<Event> opened(Mail mail) {
        return log.byId("email.opened:" + mail.id());
    }

    void advance(String by) throws IOException, InterruptedException {
        api().postJson("/api/v1/clock/advance", "{\"by\": \"" + by + "\"}");
    }

    Api api() {
        return new Api(base(), "test-token");
    }

    String base() {
        return base.of("");
    }
}
