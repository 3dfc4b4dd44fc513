package dev.drover.audience;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** @param price in the currency's main unit, two decimals */
public record Product(long id, String externalId, String name, @Nullable String category, BigDecimal price, String currency,
        @Nullable String url, @Nullable String imageUrl, boolean active) {}
