package dev.drover.delivery.hooks;

import dev.drover.delivery.Endpoint;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The topic of Amazon SNS by which SES tells.
 *
 * @param topicArn    the topic, or several, parted by commas; none: everything is refused
 * @param snsEndpoint for tests: who is asked for certificates and told of a subscription instead of Amazon. Whoever sits there decides what counts as
 *                    signed; {@code null}: Amazon
 */
@ConfigurationProperties("drover.ses")
record SesHookSettings(@DefaultValue List<String> topicArn, @Nullable String snsEndpoint) {

    SesHookSettings {
        topicArn = topicArn.stream().map(String::strip).filter(one -> !one.isEmpty()).toList();
        snsEndpoint = snsEndpoint == null || snsEndpoint.isBlank() ? null : snsEndpoint.strip();
        for (String one : topicArn) {
            if (SnsMessage.region(one).isEmpty()) {
                throw new IllegalArgumentException("DROVER_SES_TOPIC_ARN is '%s': use one such as arn:aws:sns:eu-west-1:123456789012:mail.".formatted(one));
            }
        }
        if (snsEndpoint != null) {
            Endpoint.of("DROVER_SES_SNS_ENDPOINT", snsEndpoint);
        }
    }

    @Nullable URI endpoint() {
        return snsEndpoint == null ? null : Endpoint.of("DROVER_SES_SNS_ENDPOINT", snsEndpoint).url();
    }
}
