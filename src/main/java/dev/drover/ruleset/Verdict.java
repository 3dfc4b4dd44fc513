package dev.drover.ruleset;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a rule decided, and why.
 *
 * @param rule       the rule's name
 * @param verb       {@code enter}, {@code skip}, {@code defer} or {@code decide}
 * @param customerId of a verdict upon a customer
 * @param key        the segment's key, the message's channel, or the decision
 * @param reason     words for a marketer
 * @param until      of a defer
 * @param file       the rule's file, such as {@code segments/lapsed.drl}
 * @param version    of that file; 0: a draft
 */
public record Verdict(String rule, String verb, long customerId, String key, String reason, @Nullable Instant until, String file, int version) {}
