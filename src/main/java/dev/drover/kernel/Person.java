package dev.drover.kernel;

import org.jspecify.annotations.Nullable;

/** By what one person can be found in what a package holds. @param id the customer's number @param email in small letters */
public record Person(long id, String externalId, @Nullable String email, @Nullable String phone, @Nullable String pushToken) {}
