/**
 * Owns the calendar: what campaigns and journeys send on which day, what of it gets into each other's way, and how much of it the providers take; campaigns put to another
 * day; the feed for calendars elsewhere. It keeps nothing but who may read the feed: what it shows is the campaigns' and journeys' own. Floor 10.
 */
@ApplicationModule(displayName = "Calendar", allowedDependencies = {"kernel", "web", "audience", "delivery :: quotas", "journey", "campaign"})
@NullMarked
package dev.drover.calendar;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
