/**
 * Mail by SMTP, SendGrid or Amazon SES. The only user of both SDKs and, with {@code delivery.bounce}, of Jakarta Mail; part of delivery, which
 * knows each as a {@link dev.drover.delivery.ChannelProvider} alone.
 */
@NullMarked
package dev.drover.delivery.email;

import org.jspecify.annotations.NullMarked;
