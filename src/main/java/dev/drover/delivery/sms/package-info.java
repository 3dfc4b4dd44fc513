/**
 * Text messages by Twilio. The only user of its SDK; part of delivery, which knows it as a {@link dev.drover.delivery.ChannelProvider} alone.
 */
@NullMarked
package dev.drover.delivery.sms;

import org.jspecify.annotations.NullMarked;
