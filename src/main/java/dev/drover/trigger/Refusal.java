package dev.drover.trigger;

import org.jspecify.annotations.Nullable;

/**
 * Occasions that are refused at the door, by the thousand where a shop imports its history or a program runs wild: those of one kind share a row.
 *
 * @param customerId {@code null}: whoever
 * @param group      what they share, such as a day
 */
record Refusal(long triggerId, @Nullable Long customerId, String group, String status, String reason) {}
