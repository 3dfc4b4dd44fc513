package dev.drover.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.LoadState;
import dev.drover.audience.Customer;
import dev.drover.kernel.Channel;
import dev.drover.testing.Api;
import dev.drover.testing.Browser;
import dev.drover.testing.IntegrationTest;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Inbox, messages and templates in a real browser. */
@IntegrationTest
class DeliveryBrowserTests {

    /** Whatever a mail's HTML may try. */
    private static final String HOSTILE = """
            <h1>Hello</h1><p id=word>quiet</p><a href='/shop-link' id=link>To the shop</a>
            <script>document.getElementById('word').textContent = 'loud'; parent.document.title = 'taken over'</script>
            <img src=x onerror="document.getElementById('word').textContent = 'loud'"><svg onload="parent.location='/customers'"></svg>
            <a id=script href="javascript:parent.document.title='taken over'">Do it</a>
            <form action="/logout" method="post"><button id=send>Send</button></form><meta http-equiv=refresh content='0;url=/customers'>""";

    @LocalServerPort
    int port;

    @Autowired
    Correspondence post;

    @Autowired
    Deliveries deliveries;

    private Customer customer;
    private long mail;
    private long push;
    private long skipped;

    @BeforeEach
    void write() throws Exception {
        customer = post.somebody(new Api("http://localhost:" + port, "test-token"), 12, false);
        mail = deliveries.accept(post.request(customer, Channel.EMAIL, post.template(Channel.EMAIL, "transactional", HOSTILE)))
                .messageId();
        push = post.send(customer, Channel.PUSH, "transactional").messageId();
        skipped = post.send(customer, Channel.EMAIL, "marketing").messageId();
        post.await(mail, "sent");
        post.await(push, "sent");
    }

    @ParameterizedTest
    @CsvSource({"390, true", "1440, false"})
    void everyPageIsWithinReachOfEverybody(int width, boolean dark) throws Exception {
        try (var browser = Browser.open(port); var window = browser.window(width, dark)) {
            var all = new SoftAssertions();
            for (String page : List.of("/inbox", "/inbox/" + mail, "/inbox/" + mail + "?view=text", "/inbox/" + mail + "?view=headers", "/inbox/" + mail + "?width=phone",
                    "/inbox?who=" + customer.externalId(), "/inbox?who=nobody", "/messages", "/messages?status=skipped&customer=" + customer.externalId(),
                    "/messages?status=bounced&channel=sms", "/messages/" + mail, "/messages/" + push, "/messages/" + skipped, "/templates", "/templates?q=nothing-like-this",
                    "/templates/cart-recovery-3", "/templates/cart-recovery-sms", "/templates/cart-recovery-push", "/templates/-/new", "/templates/welcome-2/versions", "/templates/welcome-2/design")) {
                all.assertThat(window.visit(page)).as(page).isEqualTo(200);
                all.assertThat(window.overhang()).as(page + " is wider than the window by").isZero();
                all.assertThat(window.barriers()).as(page).isEmpty();
            }
            all.assertThat(window.mistakes()).isEmpty();
            all.assertAll();
        }
    }

    @Test
    void nothingInAMailActsAndItsLinksOpenBesideThePage() {
        try (var browser = Browser.open(port); var window = browser.window(1440, false)) {
            window.page().navigate("/inbox/" + mail);
            window.page().waitForLoadState(LoadState.NETWORKIDLE);
            var frame = window.page().frameLocator("iframe");
            assertThat(frame.locator("#word").textContent()).isEqualTo("quiet");
            var beside = window.context().waitForPage(() -> frame.locator("#link").click());
            beside.waitForLoadState();
            assertThat(beside.url()).endsWith("/shop-link");
            frame.locator("#send").click();
            frame.locator("#script").click();
            window.page().waitForLoadState(LoadState.NETWORKIDLE);
            assertThat(window.page().url()).endsWith("/inbox/" + mail);
            assertThat(window.page().title()).isEqualTo("Inbox · Drover");
            assertThat(frame.locator("#word").textContent()).isEqualTo("quiet");
            // By itself, it is no less locked up.
            window.page().navigate("/messages/" + mail + "/document");
            assertThat(window.page().locator("#word").textContent()).isEqualTo("quiet");
            assertThat(window.page().evaluate("() => self.origin")).isEqualTo("null");
        }
    }

    @Test
    void openingAMailInTheInboxIsOpeningItAndGlancingAtItIsnt() throws Exception {
        var reader = post.somebody(new Api("http://localhost:" + port, "test-token"), 12, true);
        long id = deliveries.accept(post.request(reader, Channel.EMAIL, post.template(Channel.EMAIL, "marketing", "<a id=link href=\"http://localhost:%d/shop-link\">Shop</a>"
                .formatted(port)))).messageId();
        post.await(id, "sent");
        try (var browser = Browser.open(port); var window = browser.window(1440, false)) {
            var page = window.page();
            // As it lies open beside the list.
            page.navigate("/inbox/" + id + "/document?glance=true");
            assertThat(page.locator("#link").getAttribute("href")).contains("/t/c/");
            page.waitForLoadState(LoadState.NETWORKIDLE);
            page.navigate("/messages/" + id);
            assertThat(page.frameLocator("iframe").locator("#link").getAttribute("href")).endsWith("/shop-link");
            page.waitForLoadState(LoadState.NETWORKIDLE);
            assertThat(page.locator("#engagements").count()).isZero();
            page.navigate("/inbox/" + id);
            // What still moves on the page would move the link away from under the mouse.
            page.waitForLoadState(LoadState.NETWORKIDLE);
            var beside = window.context().waitForPage(() -> page.frameLocator("iframe").locator("#link").click());
            beside.waitForLoadState();
            assertThat(beside.url()).contains("/shop-link?utm_source=drover");
            page.waitForLoadState(LoadState.NETWORKIDLE);
            Api.await("the opening and the click are written down", Duration.ofSeconds(10), () -> {
                page.navigate("/messages/" + id);
                return page.locator("section[aria-labelledby=engagements] tbody tr").count() == 2;
            });
            assertThat(page.locator("section[aria-labelledby=engagements]").textContent()).contains("Opened").contains("Clicked").contains("machine").contains("scanner or robot");
            assertThat(window.barriers()).isEmpty();
            assertThat(window.overhang()).isZero();
            page.setViewportSize(390, 844);
            assertThat(window.overhang()).isZero();
            page.navigate("/t/c/cut");
            assertThat(page.locator("h1").textContent()).isEqualTo("This link leads nowhere");
            assertThat(window.barriers()).isEmpty();
            assertThat(window.mistakes()).isEmpty();
        }
    }

    @Test
    void choosingAMessageShowsItBesideTheList() {
        try (var browser = Browser.open(port); var window = browser.window(1440, false)) {
            var page = window.page();
            page.navigate("/inbox?who=" + customer.externalId());
            assertThat(page.locator(".inbox-item").count()).isGreaterThanOrEqualTo(1);
            page.click("[href^='/inbox/" + mail + "?']");
            page.waitForURL("**/inbox/" + mail + "?*");
            assertThat(page.locator(".inbox-item[aria-current]").count()).isOne();
            page.click("text=Headers");
            page.waitForSelector(".letter-headers");
            assertThat(page.locator(".letter-headers").textContent()).contains("Message-ID").contains(customer.email());
            page.click(".letter-tools >> text=HTML");
            page.click("text=Phone");
            page.waitForSelector(".letter-phone iframe");
            page.goBack();
            page.waitForSelector(".letter-wide iframe");
            assertThat(window.mistakes()).isEmpty();
        }
    }

    @Test
    void onAPhoneTheListComesFirstThenTheMessage() {
        try (var browser = Browser.open(port); var window = browser.window(390, true)) {
            var page = window.page();
            page.navigate("/inbox?who=" + customer.externalId());
            assertThat(page.locator("#reader").isVisible()).isFalse();
            page.click("[href^='/inbox/" + mail + "?']");
            page.waitForSelector("#reader", new com.microsoft.playwright.Page.WaitForSelectorOptions().setState(com.microsoft.playwright.options.WaitForSelectorState.VISIBLE));
            assertThat(page.locator(".inbox-list").isVisible()).isFalse();
            page.click("text=Back to the inbox");
            assertThat(page.locator(".inbox-list").isVisible()).isTrue();
        }
    }

    @Test
    void theLedgerSaysWhyNot() {
        try (var browser = Browser.open(port); var window = browser.window(1440, false)) {
            var page = window.page();
            page.navigate("/messages?customer=" + customer.externalId());
            page.selectOption("#status", "skipped");
            page.click("main button:has-text('Show')");
            page.waitForURL("**status=skipped**");
            assertThat(page.locator("tbody").textContent()).contains("no consent").contains("rule consent");
            page.click("tbody tr th a >> nth=0");
            page.waitForSelector(".message-verdict");
            assertThat(page.locator(".message-verdict").textContent()).contains("Not sent").contains("no consent");
        }
    }
}
