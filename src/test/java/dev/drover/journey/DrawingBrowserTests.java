package dev.drover.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.FilePayload;
import dev.drover.audience.CustomerInput;
import dev.drover.audience.CustomerIntake;
import dev.drover.engine.EngineHistory;
import dev.drover.eventlog.Event;
import dev.drover.eventlog.EventLog;
import dev.drover.eventlog.NewEvent;
import dev.drover.kernel.PlatformClock;
import dev.drover.testing.Browser;
import dev.drover.testing.IntegrationTest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A marketer's way in a real browser: a journey is drawn from nothing by keyboard, mended, deployed, walked by a customer, changed and compared. */
@IntegrationTest
class DrawingBrowserTests {

    private static final LocatorAssertions.ContainsTextOptions SOON = new LocatorAssertions.ContainsTextOptions().setTimeout(20_000);

    @LocalServerPort
    int port;

    @Autowired
    CustomerIntake intake;
    @Autowired
    EventLog log;
    @Autowired
    EngineHistory history;
    @Autowired
    PlatformClock clock;
    @Autowired
    Drafts drafts;
    @Autowired
    Journeys journeys;

    private final String own = UUID.randomUUID().toString().substring(0, 8);
    private final String id = "spring-" + own;

    @Test
    void aJourneyIsDrawnFromNothingDeployedAndWalked() throws Exception {
        try (var browser = Browser.open(port); var window = browser.window(1440, false)) {
            var page = window.page();
            window.visit("/journeys");
            page.fill("#name", "Spring " + own);
            page.click("text=Draw it");
            assertThat(page.locator("#desk[data-ready=true]")).isVisible();
            assertThat(((Number) page.evaluate("() => journeyModeler.get('elementTemplates').getAll().length")).longValue()).isEqualTo(steps());

            select(page, "begin");
            take(page, "r", "Begin on an event");
            page.fill("input[list=event-names]", id + ".begun");
            select(page, "begin");
            take(page, "a", "Send an email");
            assertThat(page.locator("#problems .problem-error")).containsText("Choose the template", SOON);
            assertThat(page.locator(".draw-mark-error")).hasCount(1);
            page.click("#problems .problem-error button");
            page.selectOption("#properties select", "welcome-1");
            String mail = (String) page.evaluate("() => journeyModeler.get('elementRegistry').filter(one => one.type === 'bpmn:ServiceTask')[0].id");
            select(page, mail);
            take(page, "a", "End event");
            assertThat(page.locator("#verdict")).containsText("1 warning", SOON);
            assertThat(page.locator("#problems")).containsText("has come yet");
            assertThat(page.locator("#kept")).containsText("Draft kept", SOON);
            assertThat(window.barriers()).isEmpty();

            page.click("#deploy");
            assertThat(page.locator("#verdict")).containsText("Deployed as version 1", SOON);
            assertThat(drafts.find(id)).isEmpty();
            walk(mail);
            page.click("text=See who walks it");
            assertThat(page.locator("[data-element='" + mail + "']")).hasAttribute("data-left", "1", new LocatorAssertions.HasAttributeOptions().setTimeout(20_000));

            window.visit("/journeys/" + id + "/draw");
            assertThat(page.locator("#desk[data-ready=true]")).isVisible();
            select(page, mail);
            page.selectOption("#properties select", "welcome-2");
            page.focus("[data-action='step.wait-or-time-out']");
            page.keyboard().press("Enter");
            assertThat(page.locator("#problems")).containsText("Say which event this waits for", SOON);
            page.click("#save");
            assertThat(page.locator("#kept")).containsText("Draft kept", SOON);
            window.visit("/journeys/" + id + "/versions");
            assertThat(page.locator("#changes")).containsText("Input template: “welcome-2”, was “welcome-1”");
            assertThat(page.locator("#changes [data-kind=added]")).not().hasCount(0);
            assertThat(page.locator("[data-compare][data-ready=true]")).hasCount(2);
            assertThat(page.locator(".compare-changed.djs-element")).hasCount(2);
            assertThat(window.barriers()).isEmpty();
            assertThat(window.mistakes()).isEmpty();
        } finally {
            drafts.discard(id);
        }
    }

    @Test
    void aFileOfAnotherToolOpensWithWhatIsWrongOnItsSteps() throws Exception {
        String foreign = Files.readString(Path.of("workflows/journeys/welcome.bpmn")).replace("id=\"welcome\"", "id=\"" + id + "\"").replace("bpmnElement=\"welcome\"", "bpmnElement=\"" + id + "\"")
                .replaceFirst("(?s)<bpmn:serviceTask id=\"welcome_1\".*?</bpmn:extensionElements>", "<bpmn:serviceTask id=\"welcome_1\" xmlns:camunda=\"http://camunda.org/schema/1.0/bpmn\" camunda:class=\"org.acme.Mail\">");
        try (var browser = Browser.open(port); var window = browser.window(390, true)) {
            var page = window.page();
            window.visit("/journeys");
            page.setInputFiles("input[type=file]", new FilePayload("foreign.bpmn", "application/xml", foreign.getBytes(StandardCharsets.UTF_8)));
            assertThat(page.locator("#problems .problem-error")).containsText("made for Camunda 7 (class)", SOON);
            assertThat(page.locator(".draw-mark-error")).hasCount(1);
            assertThat(window.overhang()).isZero();
            assertThat(window.barriers()).isEmpty();
            assertThat(window.mistakes()).isEmpty();
        } finally {
            drafts.discard(id);
        }
    }

    /** What the modeler itself changes on opening would be an author's to undo, and kept as a draft that nobody made. */
    @Test
    @SuppressWarnings("unchecked")
    void openingADrawingChangesNothing() {
        try (var browser = Browser.open(port); var window = browser.window(1440, false)) {
            var page = window.page();
            for (String journey : List.of("subscription", "welcome", "cart-recovery", "birthday", "browse-abandonment", "post-purchase", "replenishment", "sunset", "vip", "win-back")) {
                window.visit("/journeys/" + journey + "/draw");
                assertThat(page.locator("#desk[data-ready=true]")).isVisible();
                assertThat(page.evaluate("() => journeyModeler.get('commandStack')._stack.map(one => one.command)")).as(journey).isEqualTo(List.of());
                assertThat(page.locator("#undo")).isDisabled();
                assertThat(drafts.find(journey)).isEmpty();
            }
            assertThat((List<Object>) page.evaluate("() => [...document.querySelectorAll('#event-names option')].map(one => one.value)")).as("what may be waited for")
                    .contains("order.placed", "segment.entered:vip", "segment.left:vip", "consent.granted:sms", "consent.withdrawn:email", "cart.abandoned");
        }
    }

    private void walk(String mail) {
        var customer = intake.take(new CustomerInput("walker-" + own, "walker-" + own + "@customer.example", null, null, "Wim", null, null, null, null, null, null), Event.Origin.IMPORT);
        log.append(NewEvent.live("begun-" + own, id + ".begun", customer.id(), clock.instant(), Map.of()));
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            assertThat(history.stepsOf(customer.externalId(), 50)).extracting(EngineHistory.Step::elementId).contains("begin", mail);
            assertThat(history.instancesOf(customer.externalId(), 5)).extracting(EngineHistory.Instance::state).containsExactly(EngineHistory.State.COMPLETED);
        });
    }

    /** A click on what is chosen already would let go of it. */
    private static void select(Page page, String element) {
        page.evaluate("() => journeyModeler.get('selection').select([])");
        page.click("[data-element-id='" + element + "'] > .djs-visual + .djs-hit");
    }

    private static void take(Page page, String key, String step) {
        page.keyboard().press(key);
        page.waitForSelector(".djs-popup-search input");
        page.keyboard().type(step);
        page.waitForFunction("words => [...document.querySelectorAll('.djs-popup .entry.selected')].some(entry => entry.textContent.includes(words))", step);
        page.keyboard().press("Enter");
        page.waitForFunction("() => !document.querySelector('.djs-popup')");
    }

    private static long steps() throws Exception {
        try (var files = Files.list(Path.of("workflows/element-templates"))) {
            return files.filter(file -> file.toString().endsWith(".json")).count();
        }
    }
}
