package dev.drover.delivery;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** @param resendUnknown send again what was in flight at a crash and whose provider can't say whether it was taken */
@ConfigurationProperties("drover.delivery")
record DeliverySettings(@DefaultValue("false") boolean resendUnknown) {}
