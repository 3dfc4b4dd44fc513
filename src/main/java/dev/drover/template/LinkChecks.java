package dev.drover.template;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;

/** Where links and pictures lead, as far as that can be told without asking anybody. */
final class LinkChecks {

    private static final Pattern SCHEME = Pattern.compile("^([a-zA-Z][a-zA-Z0-9+.-]*):");
    private static final Pattern PLACEHOLDER = Pattern.compile("^https?://(?:www\\.)?(?:example\\.(?:com|org|net)|localhost|127\\.|your-?(?:domain|site|shop|link)|#|todo)", Pattern.CASE_INSENSITIVE);

    private LinkChecks() {}

    static void check(Markup markup, Report report) {
        for (Element link : markup.document().select("a, area")) {
            markup.attribute(link, "href").ifPresentOrElse(href -> checkLink(markup, link, href, report), () -> {
                if (!link.hasAttr("name") && !link.hasAttr("id")) {
                    report.warning(markup.at(link), "This link leads nowhere: it has no href.");
                }
            });
        }
        for (Element image : markup.document().select("img, [background]")) {
            String name = image.is("img") ? "src" : "background";
            markup.attribute(image, name).ifPresentOrElse(source -> checkImage(source, report), () -> report.warning(markup.at(image), "This picture has no src."));
        }
    }

    private static void checkLink(Markup markup, Element link, Markup.Attribute href, Report report) {
        String target = href.value().strip();
        if (target.isEmpty()) {
            report.warning(href.at(), "This link leads nowhere: its href is empty.");
        } else if (target.startsWith("#")) {
            String id = target.substring(1);
            if (id.isEmpty()) {
                report.warning(href.at(), "This link still leads to a placeholder (#).");
            } else if (!id.contains("{{") && markup.document().getElementById(id) == null && markup.document().select("a[name]").stream().noneMatch(one -> one.attr("name").equals(id))) {
                report.warning(href.at(), "No part of this mail is called '%s'.".formatted(shown(id)));
            }
        } else {
            checkTarget(target, href.at(), report);
        }
    }

    private static void checkTarget(String target, int at, Report report) {
        if (unsafe(target)) {
            report.error(at, "A link can't lead to %s: use https://…".formatted(target.substring(0, target.indexOf(':') + 1).strip()));
            return;
        }
        if (target.startsWith("{{")) {
            return;
        }
        var scheme = SCHEME.matcher(target);
        if (!scheme.find()) {
            report.warning(at, target.startsWith("//") ? "Say https: a mail has no scheme of its own to go by." : "'%s' is no whole address: a mail has no site that it could belong to.".formatted(shown(target)));
            return;
        }
        String kind = scheme.group(1).toLowerCase(Locale.ROOT);
        if (kind.equals("http") || kind.equals("https")) {
            checkWeb(target, kind, at, report);
        } else if (!kind.equals("mailto") && !kind.equals("tel") && !kind.equals("sms")) {
            report.warning(at, "Few mail programs open '%s:'.".formatted(kind));
        }
    }

    private static void checkWeb(String target, String kind, int at, Report report) {
        if (PLACEHOLDER.matcher(target).find()) {
            report.warning(at, "'%s' looks like a placeholder.".formatted(shown(target)));
        } else if (!parses(Markup.blanked(target, 'x'))) {
            report.warning(at, "'%s' is no address that a browser would understand.".formatted(shown(target)));
        } else if (kind.equals("http")) {
            report.hint(at, "http: can be read and changed on its way: use https:.");
        }
    }

    private static void checkImage(Markup.Attribute source, Report report) {
        String target = source.value().strip();
        if (target.isEmpty()) {
            report.warning(source.at(), "This picture's src is empty.");
        } else if (target.regionMatches(true, 0, "data:", 0, 5)) {
            report.warning(source.at(), "Gmail and Outlook don't show pictures within the text (data:): put it on a server.");
        } else if (unsafe(target)) {
            report.error(source.at(), "A picture can't come from %s".formatted(target.substring(0, target.indexOf(':') + 1)));
        } else if (!target.startsWith("{{")) {
            checkTarget(target, source.at(), report);
        }
    }

    /** A scheme that would run or read something here, however it is spelt: browsers pass over control characters and entities in it. */
    static boolean unsafe(String target) {
        String plain = org.jsoup.parser.Parser.unescapeEntities(target, true).replaceAll("[\\s\\p{Cntrl}]+", "").toLowerCase(Locale.ROOT);
        return plain.startsWith("javascript:") || plain.startsWith("vbscript:") || plain.startsWith("data:") || plain.startsWith("file:") || plain.startsWith("blob:");
    }

    private static boolean parses(String target) {
        try {
            var url = new URI(target.replace("&amp;", "&"));
            return url.getHost() != null || url.getRawAuthority() != null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    static String shown(String value) {
        return value.length() > 60 ? value.substring(0, 60) + "…" : value;
    }
}
