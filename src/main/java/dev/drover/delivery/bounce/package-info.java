/**
 * Mail that comes back: reads bounces, complaints and automatic replies, tells why, and lets the ledger and the suppressed addresses know.
 * Owns {@code bounce_mail} and {@code bounce}; part of delivery. With {@code delivery.email} the only user of Jakarta Mail.
 */
@NullMarked
package dev.drover.delivery.bounce;

import org.jspecify.annotations.NullMarked;
