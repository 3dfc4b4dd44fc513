package dev.drover.delivery.email;

import jakarta.mail.Address;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import java.io.IOException;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/** One connection to the server. Knows how far the last message came: before its last line was sent, the server can't have taken it. */
final class SmtpConnection extends SMTPTransport {

    private final SmtpSettings settings;
    private boolean finishing;
    private int sent;

    SmtpConnection(Session session, SmtpSettings settings) {
        super(session, new URLName(settings.encryptedFromTheStart() ? "smtps" : "smtp", settings.host(), settings.port(), null, null, null),
                settings.encryptedFromTheStart() ? "smtps" : "smtp", settings.encryptedFromTheStart());
        this.settings = settings;
    }

    void open() throws MessagingException {
        connect(settings.host(), settings.port(), settings.user(), settings.password());
    }

    /** Whether the last message's end was on its way, so that the server may have taken it. */
    boolean mayHaveBeenTaken() {
        return finishing;
    }

    /** It has carried a mail before, so that the server may have closed it since. */
    boolean wasKept() {
        return sent > 0;
    }

    int sent() {
        return sent;
    }

    @Override
    public synchronized void sendMessage(Message message, Address[] addresses) throws MessagingException {
        finishing = false;
        super.sendMessage(message, addresses);
        sent++;
    }

    @Override
    protected void finishData() throws IOException, MessagingException {
        finishing = true;
        super.finishData();
    }
}
