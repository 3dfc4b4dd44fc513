package dev.drover.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.WaitForSelectorState;
import dev.drover.kernel.Channel;
import dev.drover.testing.Api;
import dev.drover.testing.Browser;
import dev.drover.testing.IntegrationTest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A marketer sends a campaign in a real browser, by keyboard alone, and reads what came of it. */
@IntegrationTest
class CampaignBrowserTests {

    @LocalServerPort
    int port;

    @Autowired
    Sendings sendings;

    private final String own = "Cheese " + UUID.randomUUID().toString().substring(0, 8);

    @Test
    void aSimpleCampaignIsSentByKeyboardWithAFewWords() throws Exception {
        String segment = sendings.segment(api(), sendings.people(api(), 3));
        String template = sendings.template(Channel.EMAIL);
        try (var browser = Browser.open(port); var window = browser.window(1440, false)) {
            var page = window.page();
            window.visit("/campaigns");
            assertThat(window.barriers()).isEmpty();
            page.locator("main .page-head button").focus();
            page.keyboard().press("Enter");
            page.waitForURL("**/audience");
            page.waitForSelector("#name:focus");
            page.keyboard().type(own);
            page.keyboard().press("Tab");
            page.keyboard().type(segment);
            page.waitForFunction("key => document.getElementById('to').value === key", segment);
            page.waitForSelector("#kept:has-text('Saved')");
            page.locator("#name").focus();
            page.keyboard().press("Enter");
            page.waitForURL("**/content");
            page.waitForSelector("#template:focus");
            page.keyboard().type(template);
            page.waitForFunction("key => document.getElementById('template').value === key", template);
            page.keyboard().press("Tab");
            page.keyboard().type("Only for you");
            page.keyboard().press("Enter");
            page.waitForURL("**/options");
            page.waitForSelector("main :focus");
            page.keyboard().press("Enter");
            page.waitForURL("**/check");
            assertThat(page.textContent("main")).contains("Would get it").contains("Good");
            page.locator("a:has-text('Go on: schedule')").focus();
            page.keyboard().press("Enter");
            page.waitForURL("**/schedule");
            page.waitForSelector("main :focus");
            page.keyboard().press("Enter");
            page.waitForURL(url -> url.matches(".*/campaigns/[0-9]+$"));
            page.waitForSelector("text=All of it has been sent.", new Page.WaitForSelectorOptions().setTimeout(60_000));
            page.reload();
            assertThat(page.textContent(".funnel")).contains("Sent").contains("3");
            assertThat(page.textContent("main")).contains("completed");
            assertThat(window.barriers()).isEmpty();
            assertThat(window.overhang()).isZero();
            page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target/campaign-report.png")).setFullPage(true));
            window.visit("/campaigns");
            page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target/campaign-list.png")));
            page.click("text=" + own);
            page.waitForURL(url -> url.matches(".*/campaigns/[0-9]+$"));
            page.click("text=Copy");
            page.waitForURL("**/audience");
            page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target/campaign-audience.png")));
            assertThat(window.barriers()).isEmpty();
            assertThat(page.inputValue("#name")).isEqualTo(own + " (copy)");
            assertThat(page.inputValue("#to")).isEqualTo(segment);
            assertThat(window.mistakes()).isEmpty();
        }
    }

    @Test
    void peopleOfAFileAreAddedToTheList() throws Exception {
        var people = sendings.people(api(), 3);
        try (var browser = Browser.open(port); var window = browser.window(390, true)) {
            var page = window.page();
            window.visit("/campaigns");
            page.click("main .page-head button");
            page.waitForURL("**/audience");
            page.fill("#name", own + " list");
            page.selectOption("#to", "-");
            page.click("summary:has-text('And to these people')");
            page.fill("#people", people.getFirst());
            String csv = "\uFEFFname;Email;note\r\n\"A\";\"%1$s@example.org\";x\r\n\r\nB; %2$s@example.org ;\r\nagain;%2$s@example.org;y\r\n".formatted(people.get(1), people.get(2));
            page.setInputFiles("#people-file", new FilePayload("people.csv", "text/csv", csv.getBytes(StandardCharsets.UTF_8)));
            page.waitForSelector("text=2 added from people.csv, 3 in all.");
            assertThat(page.inputValue("#people")).isEqualTo("%s\n%s@example.org\n%s@example.org".formatted(people.get(0), people.get(1), people.get(2)));
            page.waitForSelector("#kept:has-text('Saved')");
            assertThat(window.barriers()).isEmpty();
            assertThat(window.overhang()).isZero();
            page.setInputFiles("#people-file", new FilePayload("empty.txt", "text/plain", new byte[0]));
            page.waitForSelector("text=There is nobody in that file.");
            page.setInputFiles("#people-file", new FilePayload("more.txt", "text/plain", "nobody-such\n".getBytes(StandardCharsets.UTF_8)));
            page.waitForSelector("#kept:has-text('There is no customer')");
            page.click(".wizard-on button");
            assertThat(page.textContent("#people-mistake")).contains("There is no customer 'nobody-such'");
            assertThat(window.mistakes()).isEmpty();
        }
    }

    @Test
    void whatIsTypedIsKeptAndWhatIsMissingIsSaid() throws Exception {
        String segment = sendings.segment(api(), sendings.people(api(), 2));
        String template = sendings.template(Channel.EMAIL);
        try (var browser = Browser.open(port); var window = browser.window(390, true)) {
            var page = window.page();
            window.visit("/campaigns");
            page.click("main .page-head button");
            page.waitForURL("**/audience");
            String audience = page.url();
            page.fill("#name", own + " draft");
            page.selectOption("#to", segment);
            page.waitForSelector("#kept:has-text('Saved')");
            window.visit("/campaigns");
            page.click("text=" + own + " draft");
            page.waitForURL(audience);
            assertThat(page.inputValue("#to")).isEqualTo(segment);
            window.visit(audience.replaceAll(".*(/campaigns/.*)/audience", "$1/check"));
            assertThat(page.textContent("main")).contains("Mend").contains("choose a template");
            page.click("text=To the step content");
            page.waitForURL("**/content");
            page.selectOption("#template", template);
            page.fill("#subject", "URGENT!!! Buy now");
            page.click("text=Go on: options");
            page.waitForURL("**/options");
            page.check("#again");
            page.waitForSelector("#time");
            assertThat(window.barriers()).isEmpty();
            assertThat(window.overhang()).isZero();
            page.check("#once");
            page.waitForSelector("#time", new Page.WaitForSelectorOptions().setState(WaitForSelectorState.HIDDEN));
            page.click("text=Go on: check");
            page.waitForURL("**/check");
            assertThat(page.textContent("main")).contains("The subject shouts").contains("buy now");
            assertThat(window.barriers()).isEmpty();
            assertThat(window.overhang()).isZero();
            page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target/campaign-check.png")).setFullPage(true));
            page.fill("#test-to", "author@example.org");
            page.click("text=Send test");
            page.waitForSelector("#tested .alert-success");
            page.click("text=Go on: schedule");
            page.waitForURL("**/schedule");
            page.check("#at");
            page.fill("#moment-at", "2020-01-01T09:00");
            page.click("main button:has-text('Schedule')");
            page.waitForSelector(".alert-danger");
            assertThat(page.textContent(".alert-danger")).contains("is past");
            page.fill("#moment-at", "2031-01-01T09:00");
            assertThat(window.barriers()).isEmpty();
            page.click("main button:has-text('Schedule')");
            page.waitForURL(url -> url.matches(".*/campaigns/[0-9]+$"));
            assertThat(page.textContent("main")).contains("scheduled").contains("it waits for its time");
            page.click("text=Pause");
            page.waitForSelector("text=Resume");
            assertThat(window.barriers()).isEmpty();
            assertThat(window.overhang()).isZero();
            page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target/campaign-paused.png")).setFullPage(true));
            page.onDialog(com.microsoft.playwright.Dialog::accept);
            page.click("main button:has-text('Cancel')");
            page.waitForSelector(".state-cancelled");
            window.visit("/campaigns?status=cancelled");
            assertThat(page.textContent("main")).contains(own + " draft");
            assertThat(window.barriers()).isEmpty();
            assertThat(window.mistakes()).isEmpty();
        }
    }

    private Api api() {
        return new Api("http://localhost:" + port, "test-token");
    }
}
