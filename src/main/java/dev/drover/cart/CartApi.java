package dev.drover.cart;

import dev.drover.kernel.Checks;
import dev.drover.kernel.Page;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Carts as programs see them, and discount codes as the shop uses them. */
@RestController
@RequestMapping("/api/v1")
class CartApi {

    /** A cart. @param customerId external id */
    record CartView(String cartId, @Nullable String customerId, String status, @Nullable String reason, BigDecimal total, String currency, int itemCount,
            Instant updatedAt, @Nullable Instant abandonedAt, @Nullable Instant recoveredAt, @Nullable String orderId) {

        static CartView of(Carts.Line line) {
            return new CartView(line.cartId(), line.customerId(), line.status(), line.reason(), line.total(), line.currency(), line.itemCount(), line.updatedAt(),
                    line.abandonedAt(), line.recoveredAt(), line.orderId());
        }
    }

    /** @param total of the order, before the discount: one below the code's least value is refused. Left out, the shop looks at that itself */
    record Redeeming(@Nullable String orderId, @Nullable BigDecimal total) {}

    record Redeemed(String code, String kind, BigDecimal value, @Nullable BigDecimal minValue, String orderId) {}

    private final Carts carts;
    private final Discounts discounts;

    CartApi(Carts carts, Discounts discounts) {
        this.carts = carts;
        this.discounts = discounts;
    }

    @GetMapping("/carts")
    Page<CartView> list(@RequestParam(required = false) @Nullable String customer, @RequestParam(required = false) @Nullable String status,
            @RequestParam(required = false) @Nullable Integer limit, @RequestParam(required = false) @Nullable String after) {
        var page = carts.list(new Carts.Filter(customer, status), after, Page.limit(limit, 50));
        return new Page<>(page.items().stream().map(CartView::of).toList(), page.next());
    }

    @PostMapping("/discounts/{code}/redeem")
    Redeemed redeem(@PathVariable String code, @RequestBody Redeeming body) {
        new Checks().required("orderId", body.orderId()).atMost("orderId", body.orderId(), 200).money("total", body.total()).orThrow();
        var discount = discounts.redeem(code, body.orderId(), body.total());
        return new Redeemed(discount.code(), discount.kind().name().toLowerCase(Locale.ROOT), discount.value(), discount.minValue(), body.orderId());
    }
}
