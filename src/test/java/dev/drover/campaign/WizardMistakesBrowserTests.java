package dev.drover.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
import dev.drover.kernel.Channel;
import dev.drover.testing.Api;
import dev.drover.testing.Browser;
import dev.drover.testing.IntegrationTest;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What is wrong in the wizard is said where it is typed, and is said no more once it is mended, without anything being sent off. */
@IntegrationTest
class WizardMistakesBrowserTests {

    @LocalServerPort
    int port;

    @Autowired
    Sendings sendings;

    private final String own = "Mended " + UUID.randomUUID().toString().substring(0, 8);

    @Test
    void aMistakeGoesWhenItIsMended() throws Exception {
        var api = new Api("http://localhost:" + port, "test-token");
        String segment = sendings.segment(api, sendings.people(api, 1));
        String template = sendings.template(Channel.EMAIL);
        api.postJson("/api/v1/campaigns", "{\"name\": \"%s\"}".formatted(own));
        try (var browser = Browser.open(port); var window = browser.window(1440, false)) {
            var page = window.page();
            window.visit("/campaigns");
            page.click("main .page-head button");
            page.waitForURL("**/audience");
            page.fill("#name", own);
            page.selectOption("#to", segment);
            page.click(".wizard-on button");
            page.waitForSelector("#name-mistake");
            assertThat(page.textContent("#name-mistake")).contains("There is a campaign of that name already");
            assertThat(page.getAttribute("#name", "aria-invalid")).isEqualTo("true");
            page.fill("#name", own + " two");
            page.waitForSelector("#kept:has-text('Saved')");
            page.waitForSelector("#name-mistake", gone());
            assertThat(page.getAttribute("#name", "aria-invalid")).isNull();
            page.click(".wizard-on button");
            page.waitForURL("**/content");
            page.selectOption("#template", template);
            page.click("summary:has-text('Sender')");
            page.fill("#from-email", "from@nowhere");
            page.fill("#reply-to", "reply@nowhere");
            page.click(".wizard-on button");
            page.waitForFunction("() => document.querySelectorAll('.mistake').length === 2");
            page.fill("#from-email", "from@example.org");
            page.waitForFunction("() => document.querySelectorAll('.mistake').length === 1");
            assertThat(page.textContent("#kept")).as("the other is wrong still").contains("Not saved");
            assertThat(page.textContent(".mistake")).contains("reply@nowhere");
            page.fill("#reply-to", "");
            page.waitForSelector(".mistake", gone());
            page.waitForSelector("#kept:has-text('Saved')");
            assertThat(window.barriers()).isEmpty();
            assertThat(window.mistakes()).isEmpty();
        }
    }

    private static Page.WaitForSelectorOptions gone() {
        return new Page.WaitForSelectorOptions().setState(WaitForSelectorState.DETACHED);
    }
}
