package dev.drover.testing;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * How long any test waits for what will come, unless it says otherwise: a machine of two cores that runs an engine, a database and a browser beside
 * may pause for longer than Awaitility's ten seconds. How fast things are is measured in {@code bench/}.
 */
public final class Patience implements BeforeAllCallback {

    @Override
    public void beforeAll(ExtensionContext context) {
        Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
    }
}
