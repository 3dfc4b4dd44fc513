package dev.drover.campaign;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;

@Configuration
@EnableConfigurationProperties({CampaignSettings.class, BestHourSettings.class})
class CampaignConfiguration {}
