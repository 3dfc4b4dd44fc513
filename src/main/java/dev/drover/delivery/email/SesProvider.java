package dev.drover.delivery.email;

import dev.drover.delivery.ChannelProvider;
import dev.drover.delivery.HttpVerdicts;
import dev.drover.kernel.Channel;
import dev.drover.kernel.PlatformClock;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sesv2.model.SendEmailRequest;
import software.amazon.awssdk.services.sesv2.model.SesV2Exception;

/** Hands mail to Amazon SES: the same message that goes out by SMTP. */
final class SesProvider implements ChannelProvider, AutoCloseable {

    /** Our id, in each event SES tells about the mail. */
    private static final String ID = "drover_message";
    /** Nothing is connected to: it only lends its settings to the message. */
    private static final Session SESSION = Session.getInstance(new Properties());

    private final HttpVerdicts verdicts;
    private final PlatformClock clock;
    private final @Nullable String configurationSet;
    private final AwsCredentialsProvider credentials;
    private final SesV2Client client;

    SesProvider(SesSettings settings, PlatformClock clock) {
        this.verdicts = new HttpVerdicts("Amazon SES", "DROVER_SES_REGION, _ACCESS_KEY, _SECRET_KEY, _CONFIGURATION_SET", clock);
        this.clock = clock;
        this.configurationSet = settings.configurationSet();
        this.credentials = credentials(settings);
        var builder = SesV2Client.builder().region(Region.of(settings.region())).credentialsProvider(credentials)
                // The ledger tries again, not the client: what may have been taken isn't handed over once more.
                .overrideConfiguration(override -> override.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .httpClientBuilder(UrlConnectionHttpClient.builder().connectionTimeout(settings.connectTimeout()).socketTimeout(settings.answerTimeout()));
        if (settings.endpoint() != null) {
            builder.endpointOverride(settings.endpoint());
        }
        this.client = builder.build();
    }

    @Override
    public String name() {
        return "ses";
    }

    @Override
    public Set<Channel> channels() {
        return Set.of(Channel.EMAIL);
    }

    @Override
    public int preference() {
        return 15;
    }

    @Override
    public Result send(Outbound outbound) {
        SendEmailRequest request;
        try {
            request = request(outbound);
        } catch (MessagingException e) {
            return new Result.Permanent("This is no address mail can be sent to: " + HttpVerdicts.words(e.getMessage()));
        } catch (IOException | RuntimeException e) {
            return new Result.Permanent("This mail can't be written down for Amazon SES: " + HttpVerdicts.words(e.getMessage()));
        }
        try {
            // AWS looks in many places for them; where it finds none, nothing was said yet.
            credentials.resolveCredentials();
        } catch (RuntimeException e) {
            return verdicts.ours(e.getMessage());
        }
        try {
            String reference = client.sendEmail(request).messageId();
            return reference == null ? verdicts.unreadable("no MessageId") : new Result.Taken(reference);
        } catch (SesV2Exception e) {
            return SesFailure.result(e, verdicts);
        } catch (RuntimeException e) {
            return verdicts.broken(e);
        }
    }

    /** SES tells what became of a message by its own id only, which nobody lived to write down. */
    @Override
    public Optional<Boolean> has(long messageId) {
        return Optional.empty();
    }

    @Override
    public void close() {
        client.close();
    }

    private SendEmailRequest request(Outbound outbound) throws MessagingException, IOException {
        var message = MailMessage.of(SESSION, outbound, clock.instant());
        var bytes = new ByteArrayOutputStream();
        message.writeTo(bytes);
        return SendEmailRequest.builder().destination(to -> to.toAddresses(outbound.address()))
                .content(content -> content.raw(raw -> raw.data(SdkBytes.fromByteArray(bytes.toByteArray()))))
                .emailTags(tag -> tag.name(ID).value(Long.toString(outbound.id()))).configurationSetName(configurationSet).build();
    }

    private static AwsCredentialsProvider credentials(SesSettings settings) {
        return settings.accessKey() == null ? DefaultCredentialsProvider.builder().build()
                : StaticCredentialsProvider.create(AwsBasicCredentials.create(settings.accessKey(), settings.secretKey()));
    }
}
