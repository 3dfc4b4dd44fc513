package dev.drover.delivery.bounce;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.function.ThrowingSupplier;

/** Mails that come back, written by hand. */
public final class Mails {

    private Mails() {}

    /** RFC 3464 about one recipient. */
    public static String report(String address, String status, String diagnostic, String originalId) {
        return report("Final-Recipient: rfc822; %s\nAction: failed\nStatus: %s\nDiagnostic-Code: %s\n".formatted(address, status, diagnostic), originalId);
    }

    /** @param originalId empty: the report doesn't say which message it is about */
    public static String report(String recipients, String originalId) {
        String original = originalId.isEmpty() ? "Subject: Your cart\n" : "Message-ID: " + originalId + "\nSubject: Your cart\n";
        return """
                From: MAILER-DAEMON@mx.example.org (Mail Delivery System)
                To: hello@shop.example
                Subject: Undelivered Mail Returned to Sender
                MIME-Version: 1.0
                Content-Type: multipart/report; report-type=delivery-status; boundary="b"

                --b
                Content-Type: text/plain

                I'm sorry to have to inform you that your message could not be delivered.

                --b
                Content-Type: message/delivery-status

                Reporting-MTA: dns; mx.example.org

                %s
                --b
                Content-Type: text/rfc822-headers

                %s
                --b--
                """.formatted(recipients, original);
    }

    /** ARF (RFC 5965). */
    public static String complaint(String type, String address, String originalId) {
        return """
                From: feedback@example.org
                To: hello@shop.example
                Subject: FW: Your cart
                MIME-Version: 1.0
                Content-Type: multipart/report; report-type=feedback-report; boundary="b"

                --b
                Content-Type: text/plain

                This is an email abuse report.

                --b
                Content-Type: message/feedback-report

                Feedback-Type: %s
                User-Agent: Feedback/1.0
                Version: 1
                Original-Rcpt-To: <%s>

                --b
                Content-Type: message/rfc822

                Message-ID: %s
                To: %s

                Hello
                --b--
                """.formatted(type, address, originalId, address);
    }

    /** A bounce in words alone. */
    public static String notice(String subject, String text) {
        return "From: MAILER-DAEMON@mx.example.org\nTo: hello@shop.example\nSubject: " + subject + "\nContent-Type: text/plain; charset=utf-8\n\n" + text;
    }

    static <T> T within(Duration most, ThrowingSupplier<T> work) {
        return assertTimeoutPreemptively(most, work);
    }
}
