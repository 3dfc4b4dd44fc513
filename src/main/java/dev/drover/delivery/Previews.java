package dev.drover.delivery;

import dev.drover.audience.Customer;
import dev.drover.audience.Customers;
import dev.drover.kernel.Channel;
import dev.drover.kernel.Checks;
import dev.drover.kernel.Problem;
import dev.drover.kernel.ShopUrl;
import dev.drover.template.Templates.Template;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What a template makes of a customer, or of made-up data where none is named. Nothing is written or sent. */
@Component
class Previews {

    private final Composer composer;
    private final Customers customers;
    private final ShopUrl shop;
    private final Recommended recommended;
    private final dev.drover.kernel.PlatformClock clock;

    Previews(Composer composer, Customers customers, ShopUrl shop, Recommended recommended, dev.drover.kernel.PlatformClock clock) {
        this.composer = composer;
        this.customers = customers;
        this.shop = shop;
        this.recommended = recommended;
        this.clock = clock;
    }

    /**
     * @param externalId of a customer; {@code null}: somebody made up
     * @param data       laid over the made-up data, name by name
     * @throws Problem not found for the customer, rejected when the template fails on the data
     */
    MessageContent of(Template template, @Nullable String externalId, Map<String, Object> data) {
        var given = new LinkedHashMap<>(sample());
        given.putAll(data);
        return externalId == null ? composer.rehearse(template, given) : composer.compose(template, customers.require(externalId), given, null).content();
    }

    /** @throws Problem not found */
    Optional<Customer> whom(@Nullable String idOrAddress) {
        if (idOrAddress == null || idOrAddress.isBlank()) {
            return Optional.empty();
        }
        String wanted = idOrAddress.strip();
        new Checks().atMost("customer", wanted, 320).orThrow();
        return Optional.of(customers.byExternalId(wanted).or(() -> customers.idsByEmail(List.of(wanted)).values().stream().findFirst().flatMap(customers::byId))
                .orElseThrow(() -> Problem.notFound("There is no customer '" + wanted + "'.")));
    }

    /** To be sent to its author: no link in it acts for the customer it is filled for. */
    MessageContent forATest(Template template, @Nullable Customer customer) {
        return customer == null ? composer.rehearse(template, sample()) : composer.composeWithoutLinks(template, customer, sample());
    }

    /** Everything a template could take. @param customer {@code null}: somebody made up */
    Map<String, Object> data(@Nullable Customer customer, Channel channel) {
        var template = new Template("", "", channel, "marketing", "newsletter", null, null, null, null, true, false, 0);
        return customer == null ? composer.madeUp(template, sample()) : composer.data(template, customer, sample(), name -> true);
    }

    private Map<String, Object> sample() {
        var data = new LinkedHashMap<String, Object>();
        data.put("cart", Map.of("items", List.of(item("Polder Gouda, aged 18 months", 1, "12.50"), item("Set yogurt with summer fruit", 4, "1.85")),
                "itemCount", 5, "total", "19.90", "currency", "EUR", "restoreUrl", shop.get()));
        data.put("recommended", recommended.selling(4));
        data.put("discountCode", "MOO-7KQ4-SAMPLE");
        data.put("discountExpiresAt", clock.instant().plus(Duration.ofDays(7)).truncatedTo(ChronoUnit.SECONDS).toString());
        data.put("confirmUrl", shop.get());
        data.put("expiresAt", clock.instant().plus(Duration.ofDays(7)).truncatedTo(ChronoUnit.SECONDS).toString());
        data.put("orderId", "10482");
        data.put("total", "19.90");
        data.put("currency", "EUR");
        return data;
    }

    private Map<String, Object> item(String name, int quantity, String price) {
        var total = new java.math.BigDecimal(price).multiply(java.math.BigDecimal.valueOf(quantity));
        return Map.of("name", name, "productId", "sample", "quantity", quantity, "unitPrice", price, "lineTotal", total.toPlainString(), "url", shop.get());
    }
}
