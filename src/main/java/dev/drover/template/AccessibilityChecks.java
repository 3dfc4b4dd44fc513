package dev.drover.template;

import java.util.Set;
import org.jsoup.nodes.Element;

/** Whether people who hear a mail, or see little, get what it says. */
final class AccessibilityChecks {

    private static final Set<String> SAYS_NOTHING = Set.of("here", "click here", "this", "link", "read more", "more");

    private AccessibilityChecks() {}

    static void check(Markup markup, Report report) {
        var document = markup.document();
        var html = document.select("html").first();
        boolean whole = html != null && markup.written(html);
        if (whole && html.attr("lang").isBlank()) {
            report.hint(markup.at(html), "Say the language (<html lang=\"en\">), so that it is read out in it.");
        }
        if (whole && document.select("title").isEmpty()) {
            report.hint(0, "A <title> is what some programs read out first.");
        }
        for (Element image : document.select("img:not([alt])")) {
            report.warning(markup.at(image), "This picture has no alt: say what it shows, or alt=\"\" where it only decorates.");
        }
        for (Element link : document.select("a[href]")) {
            if (!markup.saysSomething(link)) {
                report.warning(markup.at(link), "This link has no words, and its picture no alt: nobody who listens knows where it leads.");
            } else if (SAYS_NOTHING.contains(link.text().strip().toLowerCase(java.util.Locale.ROOT))) {
                report.hint(markup.at(link), "“%s” says nothing about where it leads.".formatted(link.text().strip()));
            }
        }
        for (Element table : document.select("table:not([role])")) {
            if (table.select("th").isEmpty()) {
                report.hint(markup.at(table), "A table for the layout says role=\"presentation\", else every cell is read out with its place.");
            }
        }
        Contrast.check(markup, report);
    }
}
