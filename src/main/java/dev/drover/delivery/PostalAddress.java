package dev.drover.delivery;

import dev.drover.kernel.Channel;
import dev.drover.template.Templates.Template;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Advertising by mail names where its sender can be found (CAN-SPAM, CASL, and most laws like them). A template that leaves it out sends nothing; the
 * ledger says why.
 */
final class PostalAddress {

    static final String RULE = "postal-address";

    private PostalAddress() {}

    /** @return what is wrong; {@code null}: nothing, or the message needs no address */
    static @Nullable String missing(Template template, Composer.Composed composed) {
        if (template.channel() != Channel.EMAIL || !template.type().equals("marketing")) {
            return null;
        }
        String address = composed.data().get("sender") instanceof Map<?, ?> sender && sender.get("address") instanceof String known ? letters(known) : "";
        if (address.isEmpty()) {
            return "the sender has no postal address, which marketing mail must show";
        }
        String html = composed.content().html();
        String said = html == null ? composed.content().text() : html.replaceAll("<[^>]*>", "").replaceAll("&#?[A-Za-z0-9]{1,10};", "");
        return letters(said).contains(address) ? null
                : "the template '%s' doesn't show the sender's postal address, which marketing mail must: add {{sender.address}}".formatted(template.key());
    }

    /** Whatever stands between the words of an address, breaks and commas alike, matters to nobody. */
    private static String letters(String text) {
        return text.replaceAll("[^\\p{L}\\p{N}]+", "").toLowerCase(Locale.ROOT);
    }
}
