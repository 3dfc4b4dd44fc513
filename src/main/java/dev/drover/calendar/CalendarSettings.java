package dev.drover.calendar;

import java.time.ZoneId;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings {@code drover.calendar.*}.
 *
 * @param timeZone by whose clock a day of the calendar is meant, where nobody says another; IANA
 */
@ConfigurationProperties("drover.calendar")
record CalendarSettings(@DefaultValue("UTC") ZoneId timeZone) {}
