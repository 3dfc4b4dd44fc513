package dev.drover.trigger;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;

@Configuration
@EnableConfigurationProperties(TriggerSettings.class)
class TriggerConfiguration {}
