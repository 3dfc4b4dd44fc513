package dev.drover.tracking;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param transactional track mails about orders, too: they are sent without consent to marketing, so only where the law lets you
 * @param utm           tell the shop where its visitors come from ({@code utm_source} and so on)
 * @param trap          put a link into mails that people don't see: whoever follows it is a scanner
 */
@ConfigurationProperties("drover.tracking")
record TrackingSettings(@DefaultValue("false") boolean transactional, @DefaultValue("true") boolean utm, @DefaultValue("true") boolean trap) {}
