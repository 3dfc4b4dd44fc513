package dev.drover.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.audience.Customer;
import dev.drover.consent.Consents;
import dev.drover.kernel.Channel;
import dev.drover.testing.Api;
import dev.drover.testing.IntegrationTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A mail program writes the mail that {@code List-Unsubscribe} offers. */
@IntegrationTest
class UnsubscribeByMailIntegrationTests {

    @LocalServerPort
    int port;

    @Autowired
    Correspondence post;

    @Autowired
    Consents consents;

    @Autowired
    JdbcClient jdbc;

    @Test
    void mailToUnsubscribeWithdrawsConsentWithProof() throws Exception {
        var customer = customer();
        comes("Subject: unsubscribe " + token(customer));
        assertThat(granted(customer)).isFalse();
        comes("Subject: unsubscribe " + token(customer));
        assertThat(jdbc.sql("SELECT source, wording FROM consent_change WHERE customer_id = ? AND NOT granted").param(customer.id()).query().singleRow())
                .containsEntry("source", "mail to unsubscribe").containsEntry("wording", "unsubscribe, by mail");
    }

    @Test
    void automaticRepliesAndForgedTokensUnsubscribeNobody() throws Exception {
        var customer = customer();
        String subject = "Subject: unsubscribe " + token(customer);
        comes(subject + "\nAuto-Submitted: auto-replied");
        comes(subject + "\nAuto-Submitted: auto-generated (vacation)");
        comes(subject + "\nPrecedence: auto_reply");
        comes(subject + "\nReturn-Path: <>");
        comes(subject.substring(0, subject.length() - 4) + "AAAA");
        comes("Subject: Re: unsubscribe " + token(customer));
        comes("Subject: Your mail\n\nunsubscribe " + token(customer));
        assertThat(granted(customer)).isTrue();
        comes(subject + "\nAuto-Submitted: no");
        assertThat(granted(customer)).isFalse();
    }

    private Customer customer() throws Exception {
        return post.somebody(api(), 12, true);
    }

    private boolean granted(Customer customer) {
        return consents.of(customer.id()).get(Channel.EMAIL).granted();
    }

    private String token(Customer customer) {
        String url = consents.unsubscribeUrl(customer.id(), Channel.EMAIL);
        return url.substring(url.lastIndexOf('/') + 1);
    }

    private void comes(String header) throws Exception {
        api().post("/api/v1/bounces", "message/rfc822", "From: Sam <sam@example.org>\nTo: out@shop.example\n" + header + "\n\n");
    }

    private Api api() {
        return new Api("http://localhost:" + port, "test-token");
    }
}
