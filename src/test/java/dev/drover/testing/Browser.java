package dev.drover.testing;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/**
 * Debian's Chromium, driven by Playwright. Where there is no Chromium, the tests that open one are skipped and say so. One program serves all tests:
 * each window has cookies and a cache of its own, and starting another for each test took as long as the tests.
 */
public final class Browser implements AutoCloseable {

    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");

    private static final class Program {

        static final com.microsoft.playwright.Browser CHROMIUM = start();

        private static com.microsoft.playwright.Browser start() {
            var playwright = Playwright.create(new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
            Runtime.getRuntime().addShutdownHook(new Thread(playwright::close));
            return playwright.chromium().launch(new BrowserType.LaunchOptions().setExecutablePath(Browser.CHROMIUM).setArgs(List.of("--no-sandbox", "--disable-gpu",
                    "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync")));
        }
    }

    private final List<BrowserContext> contexts = new ArrayList<>();
    private final String base;

    private Browser(String base) {
        this.base = base;
    }

    public static Browser open(int port) {
        Assumptions.assumeTrue(Files.isExecutable(CHROMIUM), "Skipped: there is no /usr/bin/chromium here (apt-get install chromium)");
        return new Browser("http://localhost:" + port);
    }

    /** A window of somebody logged in as {@code admin}; it fails on its own when a page's script does. */
    public Window window(int width, boolean dark) {
        var context = Program.CHROMIUM.newContext(new com.microsoft.playwright.Browser.NewContextOptions().setBaseURL(base)
                .setViewportSize(width, width < 600 ? 844 : 900).setColorScheme(dark ? ColorScheme.DARK : ColorScheme.LIGHT));
        contexts.add(context);
        var window = new Window(context, context.newPage(), new ArrayList<>());
        window.page().onPageError(window.mistakes()::add);
        window.page().navigate("/login");
        window.page().fill("#username", "admin");
        window.page().fill("#password", "test-password");
        window.page().click("main button[type=submit]");
        window.page().waitForURL(base + "/");
        return window;
    }

    @Override
    public void close() {
        contexts.forEach(BrowserContext::close);
    }

    public record Window(BrowserContext context, Page page, List<String> mistakes) implements AutoCloseable {

        /** Goes to a page and waits until what it loads by itself is there. @return the answer's status */
        public int visit(String path) {
            int status = page.navigate(path).status();
            page.waitForFunction("() => document.readyState === 'complete' && !document.querySelector('.htmx-request, .htmx-settling')");
            return status;
        }

        /** @return what axe finds wrong on the page as it is now (minor matters aside), a line for each */
        @SuppressWarnings("unchecked")
        public List<String> barriers() throws IOException {
            // By the debugger's way in: the pages' own policy lets no script in from outside.
            page.evaluate(axe());
            return (List<String>) page.evaluate("""
                    () => axe.run(document, {resultTypes: ['violations']}).then(found => found.violations.filter(each => each.impact !== 'minor')
                      .map(each => each.impact + ' ' + each.id + ': ' + each.nodes.map(node => node.html.slice(0, 120) + ' ' + node.failureSummary.slice(0, 200)).slice(0, 3).join(' | ')))""");
        }

        /** How much wider the page is than its window; 0 when nothing has to be pushed sideways. */
        public int overhang() {
            return ((Number) page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")).intValue();
        }

        private static String axe() throws IOException {
            try (InputStream script = Browser.class.getResourceAsStream("/vendor/axe-core/axe.min.js")) {
                return new String(script.readAllBytes(), StandardCharsets.UTF_8);
            }
        }

        @Override
        public void close() {
            context.close();
        }
    }
}
