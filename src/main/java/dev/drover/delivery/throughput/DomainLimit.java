package dev.drover.delivery.throughput;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** How much goes by one provider to mailboxes of one domain. {@code null}: as much as else. */
record DomainLimit(String domain, @Nullable BigDecimal perSecond, @Nullable Integer perDay) {}
