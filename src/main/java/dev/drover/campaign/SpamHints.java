package dev.drover.campaign;

import dev.drover.template.Templates.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** What filters and readers alike take for a sign of junk. Hints: each alone costs little. */
final class SpamHints {

    private static final Pattern SHOUTED = Pattern.compile("\\b\\p{Lu}{4,}\\b");
    private static final Pattern PUNCTUATED = Pattern.compile("[!?]{2,}|[$€£]{2,}");
    private static final List<String> PHRASES = List.of("100% free", "act now", "buy now", "cash bonus", "click here", "congratulations", "earn money", "free gift", "guaranteed", "limited time only",
            "no obligation", "no risk", "once in a lifetime", "risk-free", "special promotion", "this isn't spam", "urgent", "winner", "you have been selected", "you've won");
    private static final Pattern TAGS = Pattern.compile("<(style|head)[^>]*>.*?</\\1>|<[^>]*>|\\{\\{[^}]*}}", Pattern.DOTALL | Pattern.CASE_INSENSITIVE);
    private static final Pattern IMAGE = Pattern.compile("<img\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern SHORTENED = Pattern.compile("https?://(bit\\.ly|tinyurl\\.com|t\\.co|goo\\.gl|ow\\.ly|is\\.gd)/", Pattern.CASE_INSENSITIVE);
    private static final int FEW_LETTERS = 200;

    private SpamHints() {}

    static List<String> of(Template template) {
        var hints = new ArrayList<String>();
        String subject = template.subject() == null ? "" : template.subject();
        var shouted = SHOUTED.matcher(subject);
        if (shouted.find()) {
            hints.add("The subject shouts: write “%s” in small letters.".formatted(shouted.group()));
        }
        if (PUNCTUATED.matcher(subject).find()) {
            hints.add("One exclamation mark in a subject is plenty.");
        }
        if (subject.strip().toLowerCase(Locale.ROOT).startsWith("re:") || subject.strip().toLowerCase(Locale.ROOT).startsWith("fwd:")) {
            hints.add("The subject pretends to answer a mail: filters, and the law in many places, mind.");
        }
        String html = template.html() == null ? "" : template.html();
        String words = TAGS.matcher(html).replaceAll(" ") + " " + (template.text() == null ? "" : template.text());
        String all = (subject + " " + words).toLowerCase(Locale.ROOT);
        PHRASES.stream().filter(all::contains).limit(3).forEach(phrase -> hints.add("Filters know “%s” from junk: say it in your own words.".formatted(phrase)));
        if (IMAGE.matcher(html).find() && words.replaceAll("\\s+", "").length() < FEW_LETTERS) {
            hints.add("It is nearly all picture: many mail programs show none at first, and filters can't read them.");
        }
        if (SHORTENED.matcher(html + words).find()) {
            hints.add("A shortened link hides where it leads: link to the page itself.");
        }
        return hints;
    }
}
