package dev.drover.delivery.bounce;

import jakarta.mail.Flags;
import jakarta.mail.Flags.Flag;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.search.AndTerm;
import jakarta.mail.search.FlagTerm;
import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import org.eclipse.angus.mail.imap.IMAPMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what lies unseen in a mailbox. A mail is marked as seen only once it is written down; if that comes to nothing in between, it is read again,
 * and being the same mail changes nothing again. What can't be read stays where it is, flagged, for somebody to look at.
 */
final class ImapMailbox {

    /** Takes a mail, for good when it returns. */
    interface Taker {
        void take(byte[] raw) throws BounceReader.Unreadable;
    }

    /** @param unreadable of this time @param more there is more to read at once */
    record Round(int taken, int unreadable, boolean more) {}

    private static final Logger log = LoggerFactory.getLogger(ImapMailbox.class);
    private static final int AT_ONCE = 100;
    /** What tells why stands at the beginning. */
    private static final int MOST_BYTES = 2 << 20;
    private static final String PATIENCE_MILLIS = "30000";

    private final ImapSettings settings;
    private final Taker taker;

    ImapMailbox(ImapSettings settings, Taker taker) {
        this.settings = settings;
        this.taker = taker;
    }

    /** @throws MessagingException where the mailbox can't be read */
    Round read() throws MessagingException {
        String protocol = settings.tls().equals("tls") ? "imaps" : "imap";
        try (Store store = Session.getInstance(properties(protocol)).getStore(protocol)) {
            store.connect(settings.host(), settings.port(), settings.user(), settings.password());
            try (Folder folder = store.getFolder(settings.folder())) {
                folder.open(Folder.READ_WRITE);
                return read(folder);
            }
        }
    }

    private Round read(Folder folder) throws MessagingException {
        var waiting = folder.search(new AndTerm(new FlagTerm(new Flags(Flag.SEEN), false), new FlagTerm(new Flags(Flag.FLAGGED), false)));
        int taken = 0;
        int unreadable = 0;
        for (Message message : java.util.Arrays.asList(waiting).subList(0, Math.min(AT_ONCE, waiting.length))) {
            try {
                taker.take(raw(message));
                message.setFlag(Flag.SEEN, true);
                taken++;
            } catch (BounceReader.Unreadable | IOException e) {
                message.setFlag(Flag.FLAGGED, true);
                unreadable++;
                log.warn("A mail in {} can't be read and is flagged there: {}", settings, e.getMessage());
            }
        }
        return new Round(taken, unreadable, waiting.length > AT_ONCE);
    }

    private static byte[] raw(Message message) throws MessagingException, IOException {
        try (InputStream in = ((IMAPMessage) message).getMimeStream()) {
            return in.readNBytes(MOST_BYTES);
        }
    }

    private Properties properties(String protocol) {
        var properties = new Properties();
        String prefix = "mail." + protocol + ".";
        properties.put(prefix + "connectiontimeout", PATIENCE_MILLIS);
        properties.put(prefix + "timeout", PATIENCE_MILLIS);
        properties.put(prefix + "writetimeout", PATIENCE_MILLIS);
        // Looking at a mail doesn't mark it as seen.
        properties.put(prefix + "peek", "true");
        properties.put(prefix + "ssl.checkserveridentity", "true");
        boolean starttls = settings.tls().equals("starttls");
        properties.put(prefix + "starttls.enable", Boolean.toString(starttls));
        properties.put(prefix + "starttls.required", Boolean.toString(starttls));
        return properties;
    }
}
