package dev.drover.delivery.bounce;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A bounce's text for people: without the copy of the message below it, and with the part of it that belongs to each address. The forms are those
 * of the common mail systems: {@code <address>:} and the reason below (qmail, Exim), {@code address: reason} (OpenSMTPD), {@code 550 <address>... reason}
 * at the end of a transcript (Sendmail).
 */
final class Notice {

    private static final Pattern COPY = Pattern.compile("(?i)[\\s>]{0,5}(?:[-=_*]{2,80}.{0,80}(?:original message|original mail|copy of (?:the|your|this)|unsent message|undelivered message|returned message"
            + "|message header|header of the|message text|message follows|メールの).{0,80}"
            + "|(?:message headers? follows?|original message follows|copy of the message follows|included is a copy of|below is a copy of|below this line is|the header of the original message).{0,80}"
            + "|(?:return-path|received|x-received|dkim-signature|domainkey-signature|x-google-smtp-source) ?: ?\\S.{0,200})");
    private static final Pattern QUOTED = Pattern.compile("(?m)^> ?");
    private static final Pattern HEADED = Pattern.compile("(?i)[\\s*>-]{0,10}(?:[245]\\d\\d[ -])?(?:recipient ?: ?|recipients? address ?: ?)?<?([^\\s<>:()\\[\\];,]{1,64}@[^\\s<>:()\\[\\];,]{1,255})>?(?::|\\.\\.\\.|,? ?[(\\[;]| |$).*");
    private static final Pattern TRANSCRIPT = Pattern.compile("[\\s>]{0,5}[245]\\d\\d[ -].*");
    private static final Pattern NAMED = Pattern.compile("(?i).*(?:recipient|addressed to|delivered to|deliver to|deliver message to|undeliverable to|your mail to|your message to|delivery to|rcpt to|attempts|following address|wasn't delivered).*");
    private static final Pattern SENDER = Pattern.compile("(?i)[\\s>]{0,5}(?:from|sender|reply-to|to|cc|subject|sent|date|message-id|received-from-mta|reporting-mta)\\s?:.*|.*(?:sent by|mail from).*");

    private final List<String> lines;
    private final String copy;

    private Notice(List<String> lines, String copy) {
        this.lines = lines;
        this.copy = copy;
    }

    static Notice of(String text) {
        var all = List.of(unquoted(text).split("\n"));
        int end = 0;
        boolean words = false;
        while (end < all.size() && !(words && COPY.matcher(Classifier.cut(all.get(end), 400)).matches())) {
            words |= !all.get(end).isBlank();
            end++;
        }
        return new Notice(all.subList(0, end), String.join("\n", all.subList(end, all.size())));
    }

    /** A bounce that somebody forwarded. */
    private static String unquoted(String text) {
        long quoted = text.lines().filter(line -> line.startsWith(">")).count();
        return quoted * 2 > text.lines().filter(line -> !line.isBlank()).count() ? QUOTED.matcher(text).replaceAll("") : text;
    }

    String text() {
        return String.join("\n", lines);
    }

    /** What stands below the notice: the message that came back, or its headers. */
    String copy() {
        return copy;
    }

    /** @param others addresses that are no recipients: the sender's own, the mail system's */
    Set<String> addresses(Set<String> others, int most) {
        var found = new LinkedHashMap<String, String>();
        for (String line : lines) {
            var headed = HEADED.matcher(Classifier.cut(line, 1_000));
            if (headed.matches() && !SENDER.matcher(line).matches()) {
                add(found, headed.group(1), others, most);
            }
        }
        for (int n = 0; found.isEmpty() && n < lines.size(); n++) {
            if (NAMED.matcher(Classifier.cut(lines.get(n), 1_000)).matches() && !SENDER.matcher(lines.get(n)).matches()) {
                Addresses.all(lines.get(n)).forEach(one -> add(found, one, others, most));
            }
        }
        return new LinkedHashSet<>(found.values());
    }

    /** Any address in its sentences, for the languages and systems whose forms aren't known. */
    Set<String> mentioned(Set<String> others, int most) {
        var found = new LinkedHashMap<String, String>();
        lines.stream().filter(line -> !SENDER.matcher(Classifier.cut(line, 1_000)).matches()).forEach(line -> Addresses.all(line).forEach(one -> add(found, one, others, most)));
        return new LinkedHashSet<>(found.values());
    }

    private static void add(Map<String, String> found, String text, Set<String> others, int most) {
        Addresses.first(text).ifPresent(address -> {
            String key = address.toLowerCase(Locale.ROOT);
            if (!others.contains(key) && found.size() < most) {
                found.putIfAbsent(key, address);
            }
        });
    }

    /** The lines about each address; all of them where there is one address only. */
    Map<String, String> parts(Set<String> addresses) {
        if (addresses.size() <= 1) {
            return addresses.isEmpty() ? Map.of() : Map.of(addresses.iterator().next(), text());
        }
        var parts = new LinkedHashMap<String, StringBuilder>();
        addresses.forEach(address -> parts.put(address, new StringBuilder()));
        var before = new ArrayList<String>();
        String current = null;
        for (String line : lines) {
            String named = addresses.stream().filter(address -> line.contains(address)).findFirst().orElse(null);
            boolean verdict = named != null && TRANSCRIPT.matcher(line).matches();
            if (verdict) {
                // A transcript: what the server said comes before the line that names whom it was about.
                before.forEach(one -> parts.get(named).append(one).append('\n'));
                before.clear();
            } else if (named == null && current == null) {
                before.add(line);
            }
            if (named != null) {
                parts.get(named).append(line).append('\n');
                current = verdict ? null : named;
                if (!verdict) {
                    before.clear();
                }
            } else if (current != null) {
                parts.get(current).append(line).append('\n');
            }
        }
        var texts = new LinkedHashMap<String, String>();
        parts.forEach((address, text) -> texts.put(address, text.toString()));
        return texts;
    }
}
