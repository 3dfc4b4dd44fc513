/**
 * Mail by SMTP. With {@code delivery.bounce} the only user of Jakarta Mail; part of delivery, which knows it as a {@link dev.drover.delivery.ChannelProvider} alone.
 */
@NullMarked
package dev.drover.delivery.email;

import org.jspecify.annotations.NullMarked;
