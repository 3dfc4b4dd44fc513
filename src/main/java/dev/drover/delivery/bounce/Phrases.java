package dev.drover.delivery.bounce;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The table of what mail systems write ({@code bounce/phrases.txt}). Phrases are looked for by {@link String#indexOf}: no text, however made,
 * takes longer than its length times the table's.
 */
final class Phrases {

    static final Phrases SHIPPED = read("/bounce/phrases.txt");

    private static final int GAP = 60;
    private static final Pattern CONTINUED = Pattern.compile("\\b[45]\\d\\d-(?:#?[45]\\.\\d{1,3}\\.\\d{1,3}\\b)?");
    /** A reply that leaves out whom it speaks of, as some carriers do where a filter took offence. */
    private static final Pattern NAMELESS = Pattern.compile("\\b[45]\\d\\d:? : ");
    private static final Pattern CODE = Pattern.compile("\\b[45]\\d\\d(?= )(?: #?[45]\\.\\d{1,3}\\.\\d{1,3}\\b)?");
    private static final Pattern ADDRESS = Pattern.compile("[^\\s<>()\\[\\]:;,\"'@]{1,64}@[a-z0-9._\\-]{1,253}");
    private static final Pattern BLANKS = Pattern.compile("[\\s\\u00a0]{1,1000}");

    private record Phrase(Reason reason, boolean plain, List<String> pieces) {}

    private final List<Phrase> phrases;

    private Phrases(List<Phrase> phrases) {
        this.phrases = phrases;
    }

    private static Phrases read(String resource) {
        try (var in = Phrases.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is missing");
            }
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Phrases parse(String table) {
        var phrases = new ArrayList<Phrase>();
        Reason reason = Reason.UNDEFINED;
        boolean plain = false;
        for (String line : table.lines().toList()) {
            String text = line.strip();
            if (text.startsWith("[") && text.endsWith("]")) {
                plain = text.startsWith("[!");
                String key = text.substring(plain ? 2 : 1, text.length() - 1);
                reason = Reason.named(key).orElseThrow(() -> new IllegalArgumentException("There is no reason '" + key + "'."));
            } else if (!text.isEmpty() && !text.startsWith("#")) {
                for (String one : text.split("\\|")) {
                    phrases.add(new Phrase(reason, plain, List.of(one.strip().split(" ?\\* ?"))));
                }
            }
        }
        return new Phrases(phrases);
    }

    /** Every phrase with its reason, in the table's order. */
    List<Map.Entry<Reason, String>> all() {
        return phrases.stream().map(phrase -> Map.entry(phrase.reason(), String.join(" * ", phrase.pieces()))).toList();
    }

    /** By words that outrank a status code. @param text {@linkplain #normal normal} */
    Optional<Reason> plain(String text) {
        return first(text, true);
    }

    /** By all others. */
    Optional<Reason> other(String text) {
        return first(text, false);
    }

    private Optional<Reason> first(String text, boolean plain) {
        return text.isEmpty() ? Optional.empty()
                : phrases.stream().filter(phrase -> phrase.plain() == plain && holds(text, phrase.pieces())).map(Phrase::reason).findFirst();
    }

    private static boolean holds(String text, List<String> pieces) {
        String head = pieces.getFirst();
        for (int at = text.indexOf(head); at >= 0; at = text.indexOf(head, at + 1)) {
            if (at > 0 && letter(text.charAt(at - 1)) && letter(head.charAt(0))) {
                // In the middle of another word: no "rbl" in "marble".
                continue;
            }
            int end = at + head.length();
            int found = 1;
            while (found < pieces.size()) {
                String piece = pieces.get(found);
                int next = text.substring(end, Math.min(text.length(), end + GAP + piece.length())).indexOf(piece);
                if (next < 0) {
                    break;
                }
                end += next + piece.length();
                found++;
            }
            if (found == pieces.size()) {
                return true;
            }
        }
        return false;
    }

    private static boolean letter(char one) {
        return one >= 'a' && one <= 'z';
    }

    /** Small letters, single blanks, addresses as {@code @}, and no reply codes in the middle of sentences. */
    static String normal(String text) {
        String small = text.toLowerCase(Locale.ROOT).replace('\u2019', '\'').replace('`', '\'');
        small = ADDRESS.matcher(small).replaceAll("@");
        small = CONTINUED.matcher(small).replaceAll(" ");
        small = NAMELESS.matcher(small).replaceAll(" nameless: ");
        small = CODE.matcher(small).replaceAll(" ");
        return BLANKS.matcher(small).replaceAll(" ").strip();
    }
}
