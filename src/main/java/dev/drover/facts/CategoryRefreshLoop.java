package dev.drover.facts;

import dev.drover.audience.ProductsRecategorised;
import dev.drover.kernel.BackgroundLoop;
import java.time.Duration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/** Does in the background what {@link CategoryRefresh} has to do: a category that changes may have a million buyers. */
@Component
@ConditionalOnProperty(name = "drover.events.enabled", matchIfMissing = true, havingValue = "true")
class CategoryRefreshLoop extends BackgroundLoop {

    private static final Duration LOOK = Duration.ofSeconds(30);

    private final CategoryRefresh refresh;

    CategoryRefreshLoop(CategoryRefresh refresh) {
        super("category-refresh");
        this.refresh = refresh;
    }

    @TransactionalEventListener(fallbackExecution = true)
    void on(ProductsRecategorised changed) {
        ring();
    }

    @Override
    protected Duration round(boolean rung) {
        return refresh.refreshOne() ? Duration.ZERO : LOOK;
    }
}
