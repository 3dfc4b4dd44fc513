package dev.drover.delivery.bounce;

/**
 * What there is to judge one recipient by.
 *
 * @param action     of RFC 3464, in small letters; empty: none
 * @param status     the {@code Status} field; empty: none
 * @param diagnostic the other server's own words; empty: none
 * @param notice     what the bounce tells people about this recipient
 */
record Evidence(String address, String action, String status, String diagnostic, String notice) {}
