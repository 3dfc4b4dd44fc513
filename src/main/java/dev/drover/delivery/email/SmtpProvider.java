package dev.drover.delivery.email;

import dev.drover.delivery.ChannelProvider;
import dev.drover.kernel.Channel;
import dev.drover.kernel.PlatformClock;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Hands mail to a server by SMTP. */
final class SmtpProvider implements ChannelProvider, AutoCloseable {

    private final SmtpConnections connections;
    private final @Nullable DkimSigning signing;
    private final PlatformClock clock;
    private final String server;

    /** @param signing {@code null}: mail isn't signed here */
    SmtpProvider(SmtpSettings settings, @Nullable DkimSigning signing, PlatformClock clock) {
        this.connections = new SmtpConnections(settings);
        this.signing = signing;
        this.clock = clock;
        this.server = settings.host() + ":" + settings.port();
    }

    @Override
    public String name() {
        return "smtp";
    }

    @Override
    public Set<Channel> channels() {
        return Set.of(Channel.EMAIL);
    }

    @Override
    public int preference() {
        return 10;
    }

    @Override
    public Result send(Outbound outbound) {
        @Nullable SmtpConnection connection = null;
        boolean good = false;
        try {
            MimeMessage message = MailMessage.of(connections.session(), outbound, clock.instant());
            if (signing != null) {
                message = signing.signed(message);
            }
            connection = connections.take();
            try {
                connection.sendMessage(message, message.getAllRecipients());
            } catch (MessagingException e) {
                if (!connection.wasKept() || connection.mayHaveBeenTaken() || !SmtpFailure.hungUp(e)) {
                    throw e;
                }
                // Servers end what they find has been open long enough; that says nothing about them nor the mail.
                connections.close(connection);
                // None from here on, should there be nobody to open another to.
                connection = null;
                connection = connections.open();
                connection.sendMessage(message, message.getAllRecipients());
            }
            good = true;
            return new Result.Taken(outbound.messageId());
        } catch (MessagingException e) {
            return SmtpFailure.result(e, connection != null, connection != null && connection.mayHaveBeenTaken(), server);
        } catch (RuntimeException e) {
            boolean begun = connection != null && connection.mayHaveBeenTaken();
            String reason = "The mail couldn't be handed to %s: %s".formatted(server, e);
            return begun ? new Result.Unclear(reason) : new Result.Temporary(reason);
        } finally {
            if (connection != null && good) {
                connections.giveBack(connection);
            } else if (connection != null) {
                connections.close(connection);
            }
        }
    }

    /** SMTP has no way to ask. */
    @Override
    public Optional<Boolean> has(long messageId) {
        return Optional.empty();
    }

    @Override
    public void close() {
        connections.close();
    }
}
