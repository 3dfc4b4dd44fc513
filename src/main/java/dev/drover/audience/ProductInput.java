package dev.drover.audience;

import dev.drover.kernel.Checks;
import dev.drover.kernel.Problem;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A product as the shop tells it. @param currency ISO 4217; {@code null}: EUR */
public record ProductInput(@Nullable String externalId, @Nullable String name, @Nullable String category, @Nullable BigDecimal price,
        @Nullable String currency, @Nullable String url, @Nullable String imageUrl, @Nullable Boolean active, @Nullable Map<String, Object> attributes) {

    public List<Problem.FieldError> problems() {
        var checks = new Checks()
                .required("externalId", externalId).atMost("externalId", externalId, 200)
                .required("name", name).atMost("name", name, 500)
                .atMost("category", category, 200)
                .required("price", price).money("price", price)
                .json("attributes", attributes, 32_768)
                .atMost("url", url, 2_000).atMost("imageUrl", imageUrl, 2_000);
        Orders.checkCurrency(checks, "currency", currency);
        if (url != null && !url.isEmpty() && !url.matches("(?i)https?://.*|/.*")) {
            checks.fail("url", "url must begin with https://, http:// or /.");
        }
        return checks.errors();
    }
}
