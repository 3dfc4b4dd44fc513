package dev.drover.delivery.email;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** Connections are kept open for a while: greeting, encryption and log-in cost more than the mail. As many as there are senders at once. */
final class SmtpConnections implements AutoCloseable {

    static {
        // Unnamed it is looked for in every jar, for each part of each mail.
        System.setProperty("jakarta.mail.util.StreamProvider", "org.eclipse.angus.mail.util.MailStreamProvider");
    }

    /** Shorter than any server's patience. */
    private static final long IDLE_NANOS = Duration.ofSeconds(30).toNanos();
    /** Servers count, too. */
    private static final int MOST_SENT = 100;

    private record Idle(SmtpConnection connection, long since) {}

    private final SmtpSettings settings;
    private final Session session;
    private final Deque<Idle> idle = new ArrayDeque<>();
    private boolean closed;

    SmtpConnections(SmtpSettings settings) {
        this.settings = settings;
        this.session = Session.getInstance(settings.properties());
    }

    Session session() {
        return session;
    }

    /**
     * An open connection, the caller's alone until it is given back or closed. One that was kept may have been closed by the server meanwhile: asking for each
     * mail would be a fifth of all that is said.
     */
    SmtpConnection take() throws MessagingException {
        for (Idle one = next(); one != null; one = next()) {
            if (System.nanoTime() - one.since() < IDLE_NANOS) {
                return one.connection();
            }
            close(one.connection());
        }
        return open();
    }

    SmtpConnection open() throws MessagingException {
        var fresh = new SmtpConnection(session, settings);
        fresh.open();
        return fresh;
    }

    void giveBack(SmtpConnection connection) {
        synchronized (this) {
            if (!closed && connection.sent() < MOST_SENT) {
                idle.push(new Idle(connection, System.nanoTime()));
                return;
            }
        }
        close(connection);
    }

    void close(SmtpConnection connection) {
        try {
            connection.close();
        } catch (MessagingException alreadyGone) {
            // Closed is what was wanted.
        }
    }

    private synchronized @org.jspecify.annotations.Nullable Idle next() {
        return idle.poll();
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        for (Idle one = next(); one != null; one = next()) {
            close(one.connection());
        }
    }
}
