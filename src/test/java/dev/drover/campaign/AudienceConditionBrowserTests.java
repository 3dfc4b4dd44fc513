package dev.drover.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.drover.kernel.Channel;
import dev.drover.testing.Api;
import dev.drover.testing.Browser;
import dev.drover.testing.IntegrationTest;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A marketer narrows an audience by conditions, in a real browser. */
@IntegrationTest
class AudienceConditionBrowserTests {

    @LocalServerPort
    int port;

    @Autowired
    Sendings sendings;

    @Test
    void conditionsArePutTogetherInTheWizardAndCounted() throws Exception {
        var api = new Api("http://localhost:" + port, "test-token");
        var people = sendings.people(api, 3);
        api.postJson("/api/v1/customers", "{\"externalId\": \"%s\", \"attributes\": {\"tier\": \"gold\"}}".formatted(people.getFirst()));
        long id = api.postJson("/api/v1/campaigns", "{\"name\": \"%s\", \"segment\": \"%s\", \"template\": \"%s\"}".formatted(UUID.randomUUID(), sendings.segment(api, people), sendings.template(Channel.EMAIL)))
                .get("id").asLong();
        try (var browser = Browser.open(port); var window = browser.window(1440, false); var phone = browser.window(390, true)) {
            var page = window.page();
            window.visit("/campaigns/" + id + "/audience");
            assertThat(page.isVisible("#conditions-root")).as("who needs none isn't bothered").isFalse();
            page.click("text=Only those who also fulfil conditions");
            page.click("#conditions-root button:has-text('Add condition')");
            page.selectOption("#conditions-root [data-part=field]", "ATTRIBUTE_TEXT");
            page.fill("#conditions-root [data-part=argument]", "tier");
            page.click("text=Go on: content");
            page.waitForSelector("#conditions-root .condition.wrong");
            assertThat(page.textContent("#conditions-root .mistake")).contains("value is missing");
            assertThat(window.barriers()).isEmpty();
            page.fill("#conditions-root [data-part=value]", "gold");
            page.waitForSelector("#conditions-words:has-text('gold')");
            page.waitForSelector("#kept:has-text('Saved')");
            assertThat(page.isVisible("#conditions-root .condition.wrong")).isFalse();
            assertThat(window.barriers()).isEmpty();
            assertThat(window.overhang()).isZero();
            page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target/campaign-conditions.png")).setFullPage(true));
            page.click("text=Go on: content");
            page.waitForURL("**/content");
            page.waitForSelector("#template");
            window.visit("/campaigns/" + id + "/check");
            assertThat(page.textContent("main")).contains("Of 3 in its segments or on its list 1 fulfil the conditions.");
            phone.visit("/campaigns/" + id + "/audience");
            phone.page().waitForSelector("#conditions-words:has-text('gold')");
            assertThat(phone.page().inputValue("#conditions-root [data-part=value]")).isEqualTo("gold");
            assertThat(phone.barriers()).isEmpty();
            assertThat(phone.overhang()).isZero();
            page.navigate(page.url().replace("/check", "/audience"));
            page.waitForSelector("#conditions-root .remove");
            page.click("#conditions-root .remove");
            page.waitForSelector("#kept:has-text('Saved')");
            assertThat(sendings.get(api, id).get("conditions").isNull()).isTrue();
            assertThat(window.mistakes()).isEmpty();
        }
    }
}
