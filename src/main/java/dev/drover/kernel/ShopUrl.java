package dev.drover.kernel;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Where customers shop: {@code DROVER_SHOP_URL}, or the demo's own storefront, or this server. Without a trailing slash. */
@Component
public class ShopUrl {

    private final @Nullable String shop;
    private final DemoMode demo;
    private final BaseUrl base;

    ShopUrl(@Value("${drover.shop-url:#{null}}") @Nullable String shop, DemoMode demo, BaseUrl base) {
        this.shop = shop == null || !shop.endsWith("/") ? shop : shop.substring(0, shop.length() - 1);
        this.demo = demo;
        this.base = base;
    }

    public String get() {
        return shop != null ? shop : base.of(demo.on() ? "/shop" : "");
    }
}
