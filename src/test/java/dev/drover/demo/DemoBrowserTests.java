package dev.drover.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.drover.testing.Api;
import dev.drover.testing.Browser;
import dev.drover.testing.Browser.Window;
import dev.drover.testing.IntegrationTest;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;

/** What a newcomer does with the demo, in a real browser: leave a cart, skip ahead, read the mails, order, and the reminders stop. */
@IntegrationTest
@TestPropertySource(properties = "drover.demo=true")
@DirtiesContext
class DemoBrowserTests {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    DemoShop filling;

    private final String address = "nina." + UUID.randomUUID().toString().substring(0, 8) + "@letterbox.example";

    @Test
    void aCartIsLeftAndTheMailsComeUntilTheOrder() throws Exception {
        try (var browser = Browser.open(port); var window = browser.window(1440, false)) {
            var page = window.page();
            atMidday(window);
            leaveACart(page);

            skip(page, "Skip ahead 1 h");
            awaitMail(page, "Your basket is still here, Nina");
            skip(page, "Skip ahead 24 h");
            awaitMail(page, "Still thinking it over?");
            skip(page, "Skip ahead 3 days");
            awaitMail(page, "Something off your basket, from us");
            String code = jdbc.sql("SELECT text FROM message_content c JOIN message m ON m.id = c.message_id WHERE m.address = ? AND m.template = 'cart-recovery-3'")
                    .param(address).query(String.class).single().replaceAll("(?s).*(MOO-[2-9A-Z]+).*", "$1");

            page.navigate(link("/r/"));
            assertThat(page.url()).endsWith("/shop/cart");
            assertThat(page.textContent(".lines")).contains("Polder Gouda");
            page.fill("#code", "MOO-NOSUCHCODE");
            page.click("text=Order now");
            assertThat(page.textContent("#code-mistake")).contains("isn’t a code we know");
            page.fill("#code", code);
            page.click("text=Order now");
            page.waitForURL("**/shop/thanks");
            assertThat(page.textContent("main")).as("28.30 less a tenth").contains("EUR 25.47");
            assertThat(jdbc.sql("SELECT total FROM customer_order o JOIN customer c ON c.id = o.customer_id WHERE c.email = ?").param(address)
                    .query(java.math.BigDecimal.class).single()).isEqualByComparingTo("25.47");
            Api.await("the cart is recovered", PATIENCE, () -> status().equals("recovered"));
            assertThat(jdbc.sql("SELECT redeemed_at IS NOT NULL FROM discount_code WHERE code = ?").param(code).query(Boolean.class).single()).isTrue();
            assertThat(window.mistakes()).isEmpty();
        }
    }

    @Test
    void anOrderEndsTheRemindersAtOnce() throws Exception {
        try (var browser = Browser.open(port); var window = browser.window(390, true)) {
            var page = window.page();
            atMidday(window);
            leaveACart(page);
            skip(page, "Skip ahead 1 h");
            awaitMail(page, "Your basket is still here, Nina");
            page.navigate("/shop/cart");
            page.click("text=Order now");
            page.waitForURL("**/shop/thanks");
            Api.await("the journey ends", PATIENCE, () -> jdbc.sql("""
                    SELECT count(*) FROM engine_instance i JOIN engine_process p ON p.id = i.process JOIN customer c ON c.external_id = i.customer_id
                     WHERE c.email = ? AND p.process_id = 'cart-recovery' AND i.ended_at IS NOT NULL""").param(address).query(Integer.class).single() == 1);
            skip(page, "Skip ahead 3 days");
            assertThat(mails()).filteredOn(template -> template.startsWith("cart-recovery")).containsExactly("cart-recovery-1");
        }
    }

    @Test
    void theShopIsWithinReachOfEverybodyAndForgivesMistakes() throws Exception {
        try (var browser = Browser.open(port); var window = browser.window(390, false)) {
            var page = window.page();
            page.navigate("/shop");
            assertThat(window.overhang()).isZero();
            assertThat(window.barriers()).isEmpty();
            add(page, "Whole milk in the bottle");
            page.navigate("/shop/cart");
            page.fill("#firstName", "Nina");
            page.fill("#email", "not an address");
            page.click("text=That’s me");
            assertThat(page.textContent("#email-mistake")).contains("no e-mail address");
            assertThat(page.inputValue("#firstName")).as("what was typed isn't lost").isEqualTo("Nina");
            assertThat(page.textContent(".lines")).contains("Whole milk");
            assertThat(window.barriers()).isEmpty();
            page.evaluate("document.querySelector('.amount input[name=quantity]').type = 'text'");
            for (String quantity : new String[] {"-1", "1000000000", "many", ""}) {
                page.evaluate("q => { const f = document.querySelector('.amount'); f.noValidate = true; f.querySelector('input[name=quantity]').removeAttribute('required'); "
                        + "f.querySelector('input[name=quantity]').type = 'text'; f.querySelector('input[name=quantity]').value = q; }", quantity);
                page.click("text=Change");
                assertThat(page.textContent("[role=alert]")).as(quantity).contains("0 to 99");
            }
            assertThat(page.navigate("/shop?cart=K-0001&t=forged").status()).isEqualTo(200);
            assertThat(page.textContent(".lines")).as("a forged link changes nothing").contains("Whole milk");
        }
    }

    @Test
    void isFilledOnce() throws Exception {
        var orders = jdbc.sql("SELECT count(*) FROM customer_order").query(Integer.class).single();
        filling.run(new org.springframework.boot.DefaultApplicationArguments());
        assertThat(jdbc.sql("SELECT count(*) FROM customer_order").query(Integer.class).single()).isEqualTo(orders);
    }

    @Test
    void theHomePageShowsAShopAtWork() {
        try (var browser = Browser.open(port); var window = browser.window(1440, false)) {
            window.page().waitForSelector("a.tile[href='/customers']");
            assertThat(window.page().textContent("a.tile[href='/customers']")).contains("2,0");
            window.page().waitForSelector("a.tile[href='/carts']");
            assertThat(jdbc.sql("SELECT count(*) FROM customer_order").query(Integer.class).single()).isGreaterThan(5_000);
            // Not all: who is new is so for a month only, and the other test moves the time.
            Api.await("nearly each segment has members", PATIENCE, () ->
                    jdbc.sql("SELECT count(DISTINCT segment_id) FROM segment_membership WHERE left_at IS NULL").query(Integer.class).single() >= 5);
        }
    }

    private void leaveACart(Page page) {
        page.navigate("/shop");
        add(page, "Polder Gouda, aged 18 months");
        add(page, "Polder Gouda, aged 18 months");
        add(page, "Jersey milk");
        page.click(".to-cart");
        assertThat(page.textContent(".lines tfoot")).contains("EUR 28.30");
        page.fill("#firstName", "Nina");
        page.fill("#email", address);
        page.check("input[name=consent]");
        page.click("text=That’s me");
        page.waitForSelector("text=Nina, ready to order?");
        Api.await("the cart is read", PATIENCE, () -> status().equals("open"));
    }

    private static void add(Page page, String name) {
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Add " + name + " to the cart")).click();
        page.waitForSelector("text=It’s in your cart");
    }

    private static void skip(Page page, String words) {
        page.navigate("/");
        page.click(".time-button");
        page.click("text=" + words);
        page.waitForLoadState();
    }

    private void awaitMail(Page page, String subject) {
        Api.await(subject, PATIENCE, () -> {
            page.navigate("/inbox?who=" + address);
            return page.textContent("main").contains(subject);
        });
    }

    /** So that no quiet hours come in between: a window's zone is what the shop asks it for. */
    private void atMidday(Window window) {
        int ahead = 12 - java.time.Instant.parse(window.page().getAttribute(".time-button time", "datetime")).atZone(ZoneOffset.UTC).getHour();
        String zone = "Etc/GMT" + (ahead == 0 ? "" : ahead > 0 ? "-" + ahead : "+" + -ahead);
        window.context().addInitScript("const usual = Intl.DateTimeFormat.prototype.resolvedOptions; "
                + "Intl.DateTimeFormat.prototype.resolvedOptions = function () { return {...usual.call(this), timeZone: '" + zone + "'}; };");
    }

    private String status() {
        return jdbc.sql("""
                SELECT coalesce((SELECT a.recovery_status FROM abandoned_cart a WHERE a.cart_id = c.id ORDER BY id DESC LIMIT 1), c.status)
                  FROM cart c JOIN customer u ON u.id = c.customer_id WHERE u.email = ?""").param(address).query(String.class).optional().orElse("none");
    }

    private List<String> mails() {
        return jdbc.sql("SELECT template FROM message WHERE address = ? AND status = 'sent' ORDER BY id").param(address).query(String.class).list();
    }

    /** A link of the newest mail. */
    private String link(String path) {
        return jdbc.sql("SELECT c.text FROM message_content c JOIN message m ON m.id = c.message_id WHERE m.address = ? AND c.text LIKE '%' || ? || '%' ORDER BY m.id DESC LIMIT 1")
                .param(address).param(path).query(String.class).single().replaceAll("(?s).*?(http://[^ )]*" + path + "[^ )]+).*", "$1");
    }
}
