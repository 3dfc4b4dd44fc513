package dev.drover.delivery.bounce;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;

@Configuration
@EnableConfigurationProperties(BounceSettings.class)
class BounceConfiguration {}
