package dev.drover.delivery.bounce;

import jakarta.mail.MessagingException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads a raw mail (RFC 5322) that came to the address for returns. Knows no database; the same mail always reads the same. */
@Component
class BounceReader {

    /** What isn't a mail at all. */
    static class Unreadable extends Exception {
        Unreadable(Throwable cause) {
            super("No mail can be read from it: an RFC 5322 message with its headers is expected.", cause);
        }
    }

    /** A bounce is about one message of ours and its one recipient; whoever names thousands has something else in mind. */
    static final int MOST_RECIPIENTS = 100;

    /** Whoever mentions more addresses in passing speaks of something else. */
    private static final int FEW = 3;

    /** Stands where a mail doesn't tell whom it is about; the Message-ID of ours that it names does. */
    static final String UNDISCLOSED = "undisclosed";

    private final Classifier classifier = new Classifier(Phrases.SHIPPED);

    ReturnedMail read(byte[] raw) throws Unreadable {
        try {
            return read(MailParts.of(raw));
        } catch (MessagingException | IOException e) {
            throw new Unreadable(e);
        }
    }

    private ReturnedMail read(MailParts parts) {
        var notice = Notice.of(parts.notice());
        var originals = Stream.concat(parts.originals().stream(), Stream.of(notice.copy())).filter(one -> !one.isBlank()).toList();
        String messageId = Addresses.messageId(parts.header("Message-ID")).orElse(null);
        String original = originalId(parts, originals).orElse(null);
        if (!parts.feedback().isEmpty() || FeedbackReport.withoutReport(parts.originals())) {
            var report = FeedbackReport.of(parts.feedback(), originals, MOST_RECIPIENTS);
            var reason = report.type().equals("not-spam") ? Reason.DELIVERED : Reason.FEEDBACK;
            return new ReturnedMail(messageId, original, false, report.type(), report.recipients().stream().map(one -> told(one, reason, notice)).toList());
        }
        var ses = SesNotification.of(parts.notice(), MOST_RECIPIENTS);
        if (ses.isPresent()) {
            return ofSes(messageId, original, ses.get(), notice);
        }
        var entries = StatusReport.entries(Stream.concat(parts.statuses().stream(), Stream.of(notice.text())).toList(), MOST_RECIPIENTS);
        if (!entries.isEmpty()) {
            return new ReturnedMail(messageId, original, false, null, judge(entries, notice));
        }
        // Whatever a program sends by itself and doesn't speak of a failure is nothing that came back.
        boolean generated = parts.header("Auto-Submitted").toLowerCase(Locale.ROOT).startsWith("auto-generated") && !returns(parts, notice);
        if (generated || AutoReplies.is(parts)) {
            return new ReturnedMail(messageId, original, true, null, Addresses.first(parts.header("From")).stream().map(one -> told(one, Reason.VACATION, notice)).toList());
        }
        return new ReturnedMail(messageId, original, false, null, ofNotice(parts, notice, originals, original != null));
    }

    private ReturnedMail ofSes(@Nullable String messageId, @Nullable String original, SesNotification ses, Notice notice) {
        var recipients = ses.complaint() ? ses.entries().stream().map(one -> told(one.address(), Reason.FEEDBACK, notice)).toList()
                : ses.entries().stream().map(one -> judge(one, "")).toList();
        return new ReturnedMail(messageId, ses.messageId().orElse(original), false, ses.complaint() ? "abuse" : null, recipients);
    }

    private List<Returned> judge(List<StatusReport.Entry> entries, Notice notice) {
        var addresses = new LinkedHashSet<String>();
        entries.forEach(entry -> addresses.add(entry.address()));
        var parts = notice.parts(addresses);
        return entries.stream().map(entry -> judge(entry, parts.getOrDefault(entry.address(), ""))).toList();
    }

    private Returned judge(StatusReport.Entry entry, String notice) {
        return classifier.judge(new Evidence(entry.address(), entry.action(), entry.status(), entry.diagnostic(), notice));
    }

    /** Of a bounce without a status report: whom its text, its header or the message below name. */
    private List<Returned> ofNotice(MailParts parts, Notice notice, List<String> originals, boolean named) {
        if (!returns(parts, notice)) {
            return List.of();
        }
        var addresses = new LinkedHashSet<>(Addresses.all(parts.header("X-Failed-Recipients")).stream().limit(MOST_RECIPIENTS).toList());
        if (addresses.isEmpty()) {
            addresses.addAll(notice.addresses(others(parts), MOST_RECIPIENTS));
        }
        if (addresses.isEmpty()) {
            originals.forEach(original -> Fields.headers(original).first("to").ifPresent(to -> Addresses.all(to).stream().limit(MOST_RECIPIENTS).forEach(addresses::add)));
        }
        if (addresses.isEmpty()) {
            // Whoever writes to himself is both.
            addresses.addAll(notice.addresses(Set.of(), MOST_RECIPIENTS));
        }
        if (addresses.isEmpty() && named) {
            addresses.add(UNDISCLOSED);
        } else if (addresses.isEmpty()) {
            addresses.addAll(notice.mentioned(others(parts), FEW));
        }
        Map<String, String> texts = notice.parts(addresses);
        var returned = new ArrayList<Returned>();
        texts.forEach((address, text) -> returned.add(classifier.judge(new Evidence(address, "", "", "", text))));
        return returned;
    }

    /** Whether it looks like a bounce at all, and not like somebody who writes to us, or answers and quotes what he got. */
    private static boolean returns(MailParts parts, Notice notice) {
        String from = parts.header("From").toLowerCase(Locale.ROOT);
        if (!parts.header("X-Failed-Recipients").isEmpty() || parts.header("Return-Path").equals("<>") || from.isEmpty() || from.equals("<>") || Signs.SHIPPED.system(from)) {
            return true;
        }
        String subject = parts.header("Subject").toLowerCase(Locale.ROOT);
        if (!parts.header("In-Reply-To").isEmpty() || subject.startsWith("re:") || subject.startsWith("aw:")) {
            return false;
        }
        return Signs.SHIPPED.bounceSubject(subject) && !Codes.of(notice.text()).isEmpty() || Signs.SHIPPED.bounceWords(notice.text().toLowerCase(Locale.ROOT));
    }

    /** The sender of the message that came back, and the mail system itself. */
    private static Set<String> others(MailParts parts) {
        var others = new HashSet<String>();
        for (String header : List.of("From", "To", "Reply-To", "Delivered-To", "X-Original-To")) {
            Addresses.all(parts.header(header)).forEach(one -> others.add(one.toLowerCase(Locale.ROOT)));
        }
        return others;
    }

    private static Optional<String> originalId(MailParts parts, List<String> originals) {
        for (String original : originals) {
            for (Fields block : Fields.blocks(Classifier.cut(original, 64 * 1_024)).stream().limit(5).toList()) {
                var id = block.first("message-id").flatMap(Addresses::messageId);
                if (id.isPresent()) {
                    return id;
                }
            }
        }
        for (String status : parts.statuses()) {
            for (Fields block : Fields.blocks(status)) {
                var id = block.first("x-original-message-id").or(() -> block.first("original-message-id")).flatMap(Addresses::messageId);
                if (id.isPresent()) {
                    return id;
                }
            }
        }
        return Addresses.messageId(parts.header("In-Reply-To")).or(() -> Addresses.messageId(parts.header("References")));
    }

    private static Returned told(String address, Reason reason, Notice notice) {
        return new Returned(address, null, null, reason, reason.type(), false, Classifier.cut(notice.text().replaceAll("[\\p{Cntrl}\\s]{1,200}", " ").strip(), 500));
    }
}
