package dev.drover.delivery.bounce;

import static dev.drover.delivery.bounce.Reason.AUTHFAILURE;
import static dev.drover.delivery.bounce.Reason.BADREPUTATION;
import static dev.drover.delivery.bounce.Reason.BLOCKED;
import static dev.drover.delivery.bounce.Reason.CONTENTERROR;
import static dev.drover.delivery.bounce.Reason.EXCEEDLIMIT;
import static dev.drover.delivery.bounce.Reason.EXPIRED;
import static dev.drover.delivery.bounce.Reason.FILTERED;
import static dev.drover.delivery.bounce.Reason.HASMOVED;
import static dev.drover.delivery.bounce.Reason.HOSTUNKNOWN;
import static dev.drover.delivery.bounce.Reason.MAILBOXFULL;
import static dev.drover.delivery.bounce.Reason.MESGTOOBIG;
import static dev.drover.delivery.bounce.Reason.NETWORKERROR;
import static dev.drover.delivery.bounce.Reason.NORELAYING;
import static dev.drover.delivery.bounce.Reason.NOTACCEPT;
import static dev.drover.delivery.bounce.Reason.NOTCOMPLIANTRFC;
import static dev.drover.delivery.bounce.Reason.POLICYVIOLATION;
import static dev.drover.delivery.bounce.Reason.REJECTED;
import static dev.drover.delivery.bounce.Reason.REQUIREPTR;
import static dev.drover.delivery.bounce.Reason.SECURITYERROR;
import static dev.drover.delivery.bounce.Reason.SPAMDETECTED;
import static dev.drover.delivery.bounce.Reason.SPEEDING;
import static dev.drover.delivery.bounce.Reason.SUSPEND;
import static dev.drover.delivery.bounce.Reason.SYNTAXERROR;
import static dev.drover.delivery.bounce.Reason.SYSTEMERROR;
import static dev.drover.delivery.bounce.Reason.SYSTEMFULL;
import static dev.drover.delivery.bounce.Reason.TOOMANYCONN;
import static dev.drover.delivery.bounce.Reason.USERUNKNOWN;

import java.util.Map;
import java.util.Optional;

/**
 * What the digits behind the class of an RFC 3463 code say. Some codes are precise; some are what servers write for anything, and stand for
 * something only where no words do. The three-digit details are Microsoft's.
 */
final class StatusCodes {

    private static final Map<String, Reason> PRECISE = Map.ofEntries(
            Map.entry("1.1", USERUNKNOWN), Map.entry("1.2", HOSTUNKNOWN), Map.entry("1.3", USERUNKNOWN), Map.entry("1.6", HASMOVED), Map.entry("1.7", REJECTED),
            Map.entry("1.8", REJECTED), Map.entry("2.2", MAILBOXFULL), Map.entry("2.3", EXCEEDLIMIT), Map.entry("3.1", SYSTEMFULL), Map.entry("3.4", MESGTOOBIG),
            Map.entry("3.5", SYSTEMERROR), Map.entry("4.6", NETWORKERROR), Map.entry("4.7", EXPIRED), Map.entry("4.14", NETWORKERROR), Map.entry("4.310", HOSTUNKNOWN),
            Map.entry("4.312", NETWORKERROR), Map.entry("4.316", EXPIRED), Map.entry("4.300", EXPIRED), Map.entry("5.3", TOOMANYCONN), Map.entry("7.13", SUSPEND),
            Map.entry("7.7", AUTHFAILURE), Map.entry("7.17", HASMOVED), Map.entry("7.18", HOSTUNKNOWN), Map.entry("7.20", AUTHFAILURE), Map.entry("7.21", AUTHFAILURE),
            Map.entry("7.22", AUTHFAILURE), Map.entry("7.23", AUTHFAILURE), Map.entry("7.24", AUTHFAILURE), Map.entry("7.25", REQUIREPTR),
            Map.entry("7.26", AUTHFAILURE), Map.entry("7.27", NOTACCEPT), Map.entry("7.28", SPEEDING), Map.entry("7.29", AUTHFAILURE), Map.entry("7.30", AUTHFAILURE),
            Map.entry("7.54", NORELAYING), Map.entry("7.57", SECURITYERROR), Map.entry("7.64", NORELAYING), Map.entry("7.509", AUTHFAILURE), Map.entry("7.501", SPAMDETECTED), Map.entry("7.502", SPAMDETECTED), Map.entry("7.503", SPAMDETECTED),
            Map.entry("7.512", NOTCOMPLIANTRFC), Map.entry("7.515", AUTHFAILURE), Map.entry("7.232", SPEEDING), Map.entry("7.233", SPEEDING),
            Map.entry("7.705", SPEEDING), Map.entry("7.750", REJECTED), Map.entry("1.90", SPEEDING), Map.entry("2.121", SPEEDING), Map.entry("2.122", SPEEDING),
            Map.entry("4.317", NETWORKERROR), Map.entry("6.8", CONTENTERROR), Map.entry("6.9", CONTENTERROR), Map.entry("7.10", SECURITYERROR), Map.entry("7.11", SECURITYERROR),
            Map.entry("7.511", BLOCKED), Map.entry("7.650", BADREPUTATION), Map.entry("7.651", BADREPUTATION), Map.entry("7.708", BLOCKED));

    private static final Map<String, Reason> VAGUE = Map.ofEntries(
            Map.entry("1.0", USERUNKNOWN), Map.entry("1.4", FILTERED), Map.entry("1.5", USERUNKNOWN), Map.entry("1.9", SYSTEMERROR), Map.entry("1.10", NOTACCEPT),
            Map.entry("1.351", USERUNKNOWN), Map.entry("2.0", FILTERED), Map.entry("2.1", FILTERED), Map.entry("2.4", FILTERED), Map.entry("3.0", SYSTEMERROR),
            Map.entry("3.2", NOTACCEPT), Map.entry("3.3", SYSTEMERROR), Map.entry("4.0", NETWORKERROR), Map.entry("4.1", EXPIRED), Map.entry("4.2", EXPIRED),
            Map.entry("4.3", SYSTEMERROR), Map.entry("4.4", HOSTUNKNOWN), Map.entry("4.5", EXPIRED), Map.entry("4.8", NETWORKERROR), Map.entry("5.1", SYNTAXERROR),
            Map.entry("5.2", SYNTAXERROR), Map.entry("5.4", SYNTAXERROR), Map.entry("5.5", SYSTEMERROR), Map.entry("5.6", SYNTAXERROR), Map.entry("6.0", CONTENTERROR),
            Map.entry("6.1", CONTENTERROR), Map.entry("6.2", CONTENTERROR), Map.entry("6.3", CONTENTERROR), Map.entry("6.5", CONTENTERROR), Map.entry("6.6", CONTENTERROR),
            Map.entry("6.7", CONTENTERROR), Map.entry("6.11", CONTENTERROR), Map.entry("7.0", POLICYVIOLATION), Map.entry("7.1", SECURITYERROR),
            Map.entry("7.2", SECURITYERROR), Map.entry("7.3", SECURITYERROR), Map.entry("7.4", SECURITYERROR), Map.entry("7.5", SECURITYERROR),
            Map.entry("7.6", SECURITYERROR), Map.entry("7.8", SECURITYERROR), Map.entry("7.9", SECURITYERROR), Map.entry("7.14", SECURITYERROR),
            Map.entry("7.15", POLICYVIOLATION), Map.entry("7.16", POLICYVIOLATION));

    private StatusCodes() {}

    static Optional<Reason> precise(String status) {
        String detail = detail(status);
        // Microsoft's refusals of a range of networks: 5.7.606 to 5.7.649.
        return detail.matches("7\\.6[0-4]\\d") ? Optional.of(BLOCKED) : Optional.ofNullable(PRECISE.get(detail));
    }

    static Optional<Reason> vague(String status) {
        String detail = detail(status);
        return detail.matches("7\\.\\d{3}") ? Optional.of(SECURITYERROR) : Optional.ofNullable(VAGUE.get(detail));
    }

    /** Replies that no server gives for anything else. */
    static Optional<Reason> preciseReply(String code) {
        return Optional.ofNullable(switch (code) {
            case "525" -> SUSPEND;
            case "542" -> USERUNKNOWN;
            case "521", "556" -> NOTACCEPT;
            default -> null;
        });
    }

    /** What a bare SMTP reply says at that point of the conversation. */
    static Optional<Reason> reply(String code, Phase phase) {
        return Optional.ofNullable(switch (phase) {
            case CONNECT, HELO -> BLOCKED;
            case MAIL -> REJECTED;
            case RCPT, DATA, UNKNOWN -> switch (code) {
                case "550", "551", "553" -> FILTERED;
                case "552" -> MAILBOXFULL;
                case "421", "450" -> EXPIRED;
                case "451" -> SYSTEMERROR;
                case "452" -> SYSTEMFULL;
                case "500", "501", "502", "503", "504" -> SYNTAXERROR;
                case "554" -> phase == Phase.DATA ? SPAMDETECTED : phase == Phase.RCPT ? FILTERED : null;
                default -> null;
            };
        });
    }

    private static String detail(String status) {
        return status.length() < 3 ? "" : status.substring(2);
    }
}
