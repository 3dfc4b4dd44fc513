package dev.drover.delivery;

import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** The ways out that a marketing mail offers in {@code List-Unsubscribe}: one click, and a mail where somebody reads it (RFC 2369, 8058). */
@Component
class UnsubscribeWays {

    private static final Logger log = LoggerFactory.getLogger(UnsubscribeWays.class);
    private static final Pattern ADDRESS = Pattern.compile("[A-Za-z0-9._+-]{1,64}@[A-Za-z0-9.-]{1,253}");

    private final String address;

    /** @param mailbox whose reader finds these mails; without one nobody would */
    UnsubscribeWays(@Value("${drover.unsubscribe.address:}") String address, @Value("${drover.bounces.imap.host:}") String mailbox) {
        if (!address.isBlank() && !ADDRESS.matcher(address.strip()).matches()) {
            throw new IllegalArgumentException("DROVER_UNSUBSCRIBE_ADDRESS is '%s': use a plain address, such as unsubscribe@shop.example.".formatted(address));
        }
        if (!address.isBlank() && mailbox.isBlank()) {
            log.warn("DROVER_UNSUBSCRIBE_ADDRESS isn't offered in mails: no mailbox is read (DROVER_BOUNCES_IMAP_HOST)");
        }
        this.address = mailbox.isBlank() ? "" : address.strip();
    }

    /** @param url for one click; its last part is the token that says who */
    String header(String url) {
        String oneClick = "<" + url + ">";
        return address.isEmpty() ? oneClick : "%s, <mailto:%s?subject=unsubscribe%%20%s>".formatted(oneClick, address.replace("+", "%2B"), url.substring(url.lastIndexOf('/') + 1));
    }
}
