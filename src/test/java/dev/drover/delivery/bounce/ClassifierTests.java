package dev.drover.delivery.bounce;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What servers commonly answer, and what it means. */
class ClassifierTests {

    private final Classifier classifier = new Classifier(Phrases.SHIPPED);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            550 5.1.1 <marie@example.org>: Recipient address rejected: User unknown in virtual mailbox table | userunknown | hard
            550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup            | userunknown | hard
            550 No such user here                                                                            | userunknown | hard
            550 5.1.2 Bad destination system address                                                         | hostunknown | hard
            550 5.1.6 Destination mailbox has moved, no forwarding address                                   | hasmoved | hard
            556 5.1.10 Recipient address has null MX                                                         | notaccept | hard
            452 4.2.2 The email account that you tried to reach is out of storage space                      | mailboxfull | soft
            552 5.2.2 Over quota                                                                             | mailboxfull | soft
            550 5.2.1 The email account that you tried to reach is inactive                                  | suspend | soft
            550 5.7.1 Service unavailable; client host [192.0.2.1] blocked using zen.spamhaus.org            | blocked | soft
            550-5.7.26 Unauthenticated email from shop.example is not accepted due to domain's DMARC policy  | authfailure | soft
            450 4.7.1 Client host rejected: cannot find your reverse hostname, [192.0.2.1]                   | requireptr | soft
            421 4.7.0 [TSS04] Messages from 192.0.2.1 temporarily deferred due to user complaints            | badreputation | soft
            554 5.7.1 This message has been identified as spam                                               | spamdetected | soft
            550 5.7.1 Virus Eicar-Test-Signature found                                                       | virusdetected | soft
            554 5.7.1 <marie@example.org>: Relay access denied                                               | norelaying | soft
            552 5.3.4 Message size exceeds fixed limit                                                       | mesgtoobig | soft
            552 5.2.3 Message size exceeds the recipient's limit                                             | exceedlimit | soft
            421 4.4.2 Connection timed out                                                                   | expired | soft
            554 5.4.6 Too many hops                                                                          | networkerror | soft
            421 4.3.2 Too many connections from your host                                                    | toomanyconn | soft
            550 5.7.28 Our system has detected an unusual rate of mail from you                              | speeding | soft
            553 5.1.8 Domain of sender address does not exist                                                | rejected | soft
            451 4.3.0 Internal server error                                                                  | systemerror | soft
            """)
    void knowsWhatServersSay(String words, String reason, String type) {
        var judged = classifier.judge(new Evidence("marie@example.org", "failed", "5.0.0", words, ""));
        assertThat(judged.reason().key()).isEqualTo(reason);
        assertThat(judged.type().key()).isEqualTo(type);
    }

    @ParameterizedTest
    @CsvSource({"5.1.1, userunknown", "5.2.2, mailboxfull", "5.1.2, hostunknown", "4.4.7, expired", "5.7.13, suspend", "5.0.0, undefined"})
    void codeAloneTellsToo(String status, String reason) {
        assertThat(classifier.judge(new Evidence("marie@example.org", "failed", status, "", "It failed.")).reason().key()).isEqualTo(reason);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            user unknown (in reply to RCPT TO command)     | userunknown
            user unknown (in reply to end of DATA command) | filtered
            user unknown (in reply to MAIL FROM command)   | rejected
            rejected (in reply to EHLO command)            | blocked
            """)
    void pointOfConversationMatters(String words, String reason) {
        assertThat(classifier.judge(new Evidence("marie@example.org", "failed", "5.0.0", "550 " + words, "")).reason().key()).isEqualTo(reason);
    }
}
