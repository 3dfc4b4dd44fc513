package dev.drover.delivery.bounce;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Complaints: ARF (RFC 5965), and the older way of Outlook.com, which names the recipient in a header of the message it sends back. */
record FeedbackReport(String type, Set<String> recipients) {

    private static final List<String> NAMES = List.of("original-rcpt-to", "removal-recipient", "x-removal-recipient", "final-recipient");
    private static final String OUTLOOK = "x-hmxmroriginalrecipient";

    static FeedbackReport of(List<String> reports, List<String> originals, int most) {
        var fields = new ArrayList<Fields.Field>();
        reports.forEach(report -> Fields.blocks(report).forEach(block -> fields.addAll(block.all())));
        var all = new Fields(fields);
        var recipients = new LinkedHashSet<String>();
        for (String name : NAMES) {
            all.every(name).forEach(value -> Addresses.ofField(value).filter(one -> recipients.size() < most).ifPresent(recipients::add));
        }
        for (String original : originals) {
            var headers = Fields.headers(original);
            headers.every(OUTLOOK).forEach(value -> Addresses.first(value).ifPresent(recipients::add));
            if (recipients.isEmpty()) {
                headers.every("to").forEach(value -> Addresses.all(value).stream().limit(most).forEach(recipients::add));
            }
        }
        if (recipients.isEmpty()) {
            recipients.add(BounceReader.UNDISCLOSED);
        }
        return new FeedbackReport(all.first("feedback-type").orElse("abuse").toLowerCase(Locale.ROOT).strip(), recipients);
    }

    /** Whether one of the returned messages says that it comes from a feedback loop without a report. */
    static boolean withoutReport(List<String> originals) {
        return originals.stream().anyMatch(original -> Fields.headers(original).first(OUTLOOK).isPresent());
    }
}
