package dev.drover.template;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import dev.drover.audience.CustomerInput;
import dev.drover.audience.CustomerIntake;
import dev.drover.eventlog.Event;
import dev.drover.testing.Browser;
import dev.drover.testing.IntegrationTest;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A marketer's way in a real browser: a mail is written, mended, looked at for a customer, tried, saved, changed and taken back; another is designed. */
@IntegrationTest
class TemplateEditorBrowserTests {

    private static final LocatorAssertions.ContainsTextOptions SOON = new LocatorAssertions.ContainsTextOptions().setTimeout(20_000);

    @LocalServerPort
    int port;

    @Autowired
    CustomerIntake intake;

    @Autowired
    Templates templates;

    private final String own = UUID.randomUUID().toString().substring(0, 8);
    private final String key = "spring-" + own;

    @AfterEach
    void leavesNoTemplateBehind() {
        if (templates.find(key).isPresent()) {
            templates.delete(key);
        }
    }

    @Test
    void aMailIsWrittenMendedLookedAtTriedSavedAndTakenBack() {
        intake.takeAll(List.of(new CustomerInput("c-" + own, "ada-" + own + "@customer.example", null, null, "Ada", "Lovelace", null, null, null, Map.of("colour", "teal"), null)), Event.Origin.LIVE);
        try (var browser = Browser.open(port); var window = browser.window(1440, false)) {
            var page = window.page();
            window.visit("/templates/-/new");
            page.fill("#name", "Spring " + own);
            assertThat(page.locator("#key")).hasValue(key);
            page.fill("#subject", "Hello {{customer.firstName}}");
            write(page, "<p>\n  {{#if customer.firstName}}\n  {{mony cart.total}}</p>");
            assertThat(page.locator("#problems .problem-error")).containsText("Line 3", SOON);
            assertThat(page.locator(".ace_gutter-cell.ace_error")).hasCount(1);
            assertThat(page.locator("#save")).isDisabled();

            write(page, "<p>Dear {{customer.firstName}}, your colour is {{customer.attributes.colour}}. {{customer.lostName}}</p>\n<p><a href=\"{{links.unsubscribe}}\">Unsubscribe</a> {{sender.address}}</p>");
            assertThat(page.locator("#problems")).containsText("Did you mean customer.lastName?", SOON);
            page.fill("#customer", "c-" + own);
            page.locator("#customer").blur();
            assertThat(page.locator(".template-subject-line")).hasText("Hello Ada", new LocatorAssertions.HasTextOptions().setTimeout(20_000));
            assertThat(page.frameLocator(".template-stage iframe").locator("body")).containsText("Dear Ada, your colour is teal.", SOON);
            assertThat(page.locator("#tags")).containsText("Lovelace", SOON);
            // By keyboard: a click right after the page has scrolled may still be taken for one into the preview's frame.
            page.locator("#check-links").press("Enter");
            assertThat(page.locator("#links-said")).containsText("None is dead, of 1.", SOON);
            assertThat(page.locator("#links-found")).containsText("A page of Drover’s own", SOON);
            page.click("[data-view=text]");
            assertThat(page.locator("#preview pre")).containsText("Dear Ada", SOON);

            page.fill("#test-to", "author-" + own + "@shop.example");
            page.click("#test-form button");
            assertThat(page.locator("#tested")).containsText("It is in the inbox here", SOON);

            page.click("#save");
            assertThat(page.locator(".alert-success")).containsText("Saved.", SOON);
            write(page, "<p>Shorter {{links.unsubscribe}} {{sender.address}}</p>");
            page.fill("#note", "Nobody reads that much");
            page.click("#save");
            assertThat(page.locator(".alert-success")).containsText("Saved as version 2.", SOON);
            page.click("text=Versions");
            assertThat(page.locator(".diff-added").first()).containsText("Shorter", SOON);
            page.onDialog(dialog -> dialog.accept());
            page.locator("button:has-text('Roll back')").click();
            assertThat(page.locator(".alert-success")).containsText("as version 3", SOON);
            assertThat(templates.require(key).html()).contains("Dear");
            assertThat(window.mistakes()).isEmpty();
        }
    }

    @Test
    void aMailIsDesignedWithoutAWordToTheOutside() throws Exception {
        templates.save(new Templates.Template(key, "Designed", dev.drover.kernel.Channel.EMAIL, "marketing", "news", "Hello", null, "<p>By hand</p>", null, true, false, 1));
        try (var browser = Browser.open(port); var window = browser.window(1440, false)) {
            var page = window.page();
            var outside = new java.util.ArrayList<String>();
            page.onRequest(request -> {
                if (!request.url().startsWith("http://localhost:" + port) && request.url().startsWith("http")) {
                    outside.add(request.url());
                }
            });
            page.onConsoleMessage(message -> {
                if (message.type().equals("error")) {
                    outside.add(message.text());
                }
            });
            window.visit("/templates/" + key + "/design");
            assertThat(page.locator("main")).containsText("written as HTML");
            page.click(".designer-begin a.btn-outline-secondary");
            page.waitForSelector("#desk[data-ready=true]");
            assertThat(page.frameLocator(".gjs-frame").locator("body")).containsText("Write what you have to say.", SOON);
            page.locator("#blocks .gjs-block").first().focus();
            page.keyboard().press("Enter");
            assertThat(page.locator("#verdict")).containsText("Header is in the mail.", SOON);
            assertThat(window.barriers()).isEmpty();
            page.click("#save");
            assertThat(page.locator("#verdict")).containsText("Saved as version 2.", SOON);
            assertThat(templates.require(key).html()).contains("{{default customer.firstName \"there\"}}", "{{links.unsubscribe}}").doesNotContain("By hand");
            assertThat(outside).isEmpty();
            assertThat(window.mistakes()).isEmpty();
        }
    }

    private static void write(Page page, String text) {
        page.evaluate("text => ace.edit(document.getElementById('editor')).setValue(text, -1)", text);
    }
}
