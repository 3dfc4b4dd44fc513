/**
 * What providers tell us of our messages, and what people answer to them: signatures checked, each event written down once, then applied to the
 * ledger, the suppressed addresses and consent. Owns {@code provider_event}; part of delivery. Knows the vendors' wire, none of their libraries.
 */
@NullMarked
package dev.drover.delivery.hooks;

import org.jspecify.annotations.NullMarked;
