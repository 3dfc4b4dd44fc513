package dev.drover.delivery.throughput;

import dev.drover.kernel.Channel;
import java.time.LocalDate;

/**
 * The right to hand one message to one provider.
 *
 * @param domain of the recipient; empty: none, or no e-mail
 * @param day    that it counts for
 * @param probe  one of the few that try whether the provider is well again
 */
public record Ticket(String provider, Channel channel, String domain, LocalDate day, boolean probe) {}
