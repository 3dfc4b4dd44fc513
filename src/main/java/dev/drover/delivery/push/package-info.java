/**
 * Push messages by Firebase. The only user of its SDK; part of delivery, which knows it as a {@link dev.drover.delivery.ChannelProvider} alone.
 */
@NullMarked
package dev.drover.delivery.push;

import org.jspecify.annotations.NullMarked;
