package dev.drover.delivery.email;

import com.sendgrid.Client;
import com.sendgrid.Method;
import com.sendgrid.Request;
import com.sendgrid.SendGrid;
import dev.drover.delivery.ChannelProvider;
import dev.drover.delivery.HttpVerdicts;
import dev.drover.kernel.Channel;
import dev.drover.kernel.PlatformClock;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClients;

/** Hands mail to SendGrid. */
final class SendGridProvider implements ChannelProvider, AutoCloseable {

    private static final int CONNECTIONS = 16;
    /** Shorter than the other side's patience: a mail handed over on a connection that was just closed has an unclear fate. */
    private static final long IDLE_MILLIS = TimeUnit.SECONDS.toMillis(20);

    private final HttpVerdicts verdicts;
    private final CloseableHttpClient http;
    private final SendGrid api;

    SendGridProvider(SendGridSettings settings, PlatformClock clock) {
        this.verdicts = new HttpVerdicts("SendGrid", "DROVER_SENDGRID_API_KEY", clock);
        int connect = Math.toIntExact(settings.connectTimeout().toMillis());
        // The ledger tries again, not the client: what may have been taken isn't handed over once more.
        this.http = HttpClients.custom().disableAutomaticRetries().disableRedirectHandling().disableCookieManagement()
                .setMaxConnPerRoute(CONNECTIONS).setMaxConnTotal(CONNECTIONS).setKeepAliveStrategy((response, context) -> IDLE_MILLIS)
                .setDefaultRequestConfig(RequestConfig.custom().setConnectTimeout(connect).setConnectionRequestTimeout(connect)
                        .setSocketTimeout(Math.toIntExact(settings.answerTimeout().toMillis())).build())
                .build();
        this.api = new SendGrid(settings.apiKey(), new Client(http, !settings.endpoint().encrypted()));
        this.api.setHost(settings.endpoint().authority());
    }

    @Override
    public String name() {
        return "sendgrid";
    }

    @Override
    public Set<Channel> channels() {
        return Set.of(Channel.EMAIL);
    }

    @Override
    public int preference() {
        return 20;
    }

    @Override
    public Result send(Outbound outbound) {
        var request = new Request();
        request.setMethod(Method.POST);
        request.setEndpoint("mail/send");
        try {
            request.setBody(SendGridMail.json(outbound));
        } catch (MessagingException e) {
            return SendGridMail.ours(outbound) ? new Result.Temporary("Our sender's address is none: " + HttpVerdicts.words(e.getMessage()), Result.Cause.OURS)
                    : new Result.Permanent("This is no address mail can be sent to: " + HttpVerdicts.words(e.getMessage()));
        } catch (IOException | RuntimeException e) {
            return new Result.Permanent("This mail can't be written down for SendGrid: " + HttpVerdicts.words(e.getMessage()));
        }
        try {
            return SendGridAnswer.result(api.api(request), verdicts, outbound.messageId());
        } catch (IOException | RuntimeException e) {
            return verdicts.broken(e);
        }
    }

    /** Its list of what happened is a thing apart, often not bought, and minutes late: no ground to send again upon. */
    @Override
    public Optional<Boolean> has(long messageId) {
        return Optional.empty();
    }

    @Override
    public void close() throws IOException {
        http.close();
    }
}
