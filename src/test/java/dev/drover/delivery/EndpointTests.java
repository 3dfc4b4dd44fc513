package dev.drover.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTests {

    @ParameterizedTest
    @ValueSource(strings = {"https://api.eu.sendgrid.com", "https://api.twilio.com:8443/", "http://localhost:9999", "http://127.0.0.1:1", "http://[::1]:80"})
    void takesTheAddressOfAHost(String url) {
        assertThat(Endpoint.of("DROVER_X", url).url().toString()).isEqualTo(url.replaceFirst("/$", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "api.twilio.com", "ftp://api.twilio.com", "https://", "https://user:pass@api.twilio.com", "https://api.twilio.com/path",
            "https://api.twilio.com?x=1", "https://api.twilio.com#x", "http://api.twilio.com", "http://10.0.0.1", "http://localhost.example.org", "https://a b"})
    void refusesWhatIsNoneAndWhatWouldSendAKeyUnencrypted(String url) {
        assertThatThrownBy(() -> Endpoint.of("DROVER_X", url)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("DROVER_X");
    }
}
