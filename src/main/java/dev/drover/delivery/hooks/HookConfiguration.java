package dev.drover.delivery.hooks;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;

@Configuration
@EnableConfigurationProperties({SendGridHookSettings.class, SesHookSettings.class, TwilioHookSettings.class})
class HookConfiguration {}
