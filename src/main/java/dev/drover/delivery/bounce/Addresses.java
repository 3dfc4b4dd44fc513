package dev.drover.delivery.bounce;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds addresses and message ids in text. Every repetition is bounded, so that no text takes long. */
final class Addresses {

    private static final Pattern ADDRESS = Pattern.compile("[\\p{L}\\p{N}!#$%&'*+/=?^_{|}~.-]{1,64}@(?:\\[[0-9.]{7,15}\\]|[\\p{L}\\p{N}](?:[\\p{L}\\p{N}.-]{0,251}[\\p{L}\\p{N}])?)");
    private static final Pattern MESSAGE_ID = Pattern.compile("<[^<>\\s]{1,250}@[^<>\\s]{1,250}>");
    private static final int MOST = 2_000;

    private Addresses() {}

    static Optional<String> first(String text) {
        var found = ADDRESS.matcher(Classifier.cut(text, 4_000));
        return found.find() ? Optional.of(clean(found.group())) : Optional.empty();
    }

    static Set<String> all(String text) {
        var all = new LinkedHashSet<String>();
        var found = ADDRESS.matcher(text);
        while (found.find() && all.size() < MOST) {
            all.add(clean(found.group()));
        }
        return all;
    }

    /** {@code rfc822;marie@shop.example}, {@code <marie@shop.example>}, {@code RFC822; @relay.example:marie@shop.example} */
    static Optional<String> ofField(String value) {
        String bare = value.substring(value.indexOf(';') + 1);
        int route = bare.lastIndexOf(':');
        return first(route >= 0 && bare.indexOf('@') < route ? bare.substring(route + 1) : bare);
    }

    static Optional<String> messageId(String text) {
        var found = MESSAGE_ID.matcher(Classifier.cut(text, 4_000));
        return found.find() ? Optional.of(found.group()) : Optional.empty();
    }

    static boolean same(String one, String other) {
        return one.toLowerCase(Locale.ROOT).equals(other.toLowerCase(Locale.ROOT));
    }

    private static String clean(String address) {
        String bare = address.startsWith("'") || address.startsWith("=") ? address.substring(1) : address;
        return bare.endsWith(".") || bare.endsWith("-") ? bare.substring(0, bare.length() - 1) : bare;
    }
}
