package dev.drover.template;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Element;

/** What mail programs throw away, refuse or show wrongly. */
final class MarkupChecks {

    private static final Pattern UNSAFE_STYLE = Pattern.compile("expression\\s*\\(|javascript:|vbscript:|-moz-binding|behaviou?r\\s*:", Pattern.CASE_INSENSITIVE);
    private static final Pattern DECLARATION = Pattern.compile("[{;]\\s*+[\\w-]++\\s*+:[^;{}]++(?=[;}])");

    private MarkupChecks() {}

    static void check(Markup markup, Report report) {
        for (Element element : markup.document().getAllElements()) {
            checkElement(markup, element, report);
            for (Attribute attribute : element.attributes()) {
                if (attribute.getKey().startsWith("on")) {
                    report.error(markup.at(element), "Scripts (%s) don't run in a mail, and make it look like an attack.".formatted(attribute.getKey()));
                }
            }
            markup.attribute(element, "style").filter(style -> UNSAFE_STYLE.matcher(style.value()).find())
                    .ifPresent(style -> report.error(style.at(), "A style can't run anything."));
            markup.attribute(element, "style").filter(style -> style.value().contains("{{"))
                    .ifPresent(style -> report.warning(style.at(), "A merge tag in a style: what a customer's data says there can spoil the mail."));
        }
    }

    private static void checkElement(Markup markup, Element element, Report report) {
        int at = markup.at(element);
        switch (element.normalName()) {
            case "script" -> report.error(at, "Scripts don't run in a mail, and make it look like an attack.");
            case "iframe", "object", "embed", "applet", "frame" -> report.error(at, "<%s> isn't shown by any mail program.".formatted(element.normalName()));
            case "form", "input", "select", "textarea", "button" -> report.warning(at, "Most mail programs don't send forms: link to a page instead.");
            case "video", "audio", "canvas" -> report.warning(at, "<%s> is shown by few mail programs: add a picture that links to it.".formatted(element.normalName()));
            case "base" -> report.warning(at, "<base> isn't followed by most mail programs: write whole addresses.");
            case "link" -> report.warning(at, "Style sheets from elsewhere aren't fetched: put the styles into <style>.");
            case "meta" -> {
                if (element.attr("http-equiv").equalsIgnoreCase("refresh")) {
                    report.error(at, "A mail can't lead somewhere by itself (refresh).");
                }
            }
            case "style" -> checkSheet(element.data(), element.sourceRange().endPos(), report);
            case "img" -> checkSize(element, at, report);
            default -> { }
        }
    }

    private static void checkSize(Element image, int at, Report report) {
        String style = image.attr("style").toLowerCase(Locale.ROOT);
        if (!image.hasAttr("width") && !style.contains("width")) {
            report.warning(at, "This picture has no width: Outlook shows it at its full size, and the mail jumps while it loads.");
        }
    }

    private static void checkSheet(String css, int at, Report report) {
        var unsafe = UNSAFE_STYLE.matcher(css);
        if (unsafe.find()) {
            report.error(at + unsafe.start(), "A style can't run anything.");
        }
        int imported = css.toLowerCase(Locale.ROOT).indexOf("@import");
        if (imported >= 0) {
            report.warning(at + imported, "Style sheets from elsewhere (@import) aren't fetched.");
        }
        for (int media = css.indexOf("@media"); media >= 0; media = css.indexOf("@media", media + 1)) {
            var declarations = DECLARATION.matcher(css).region(Math.max(media, css.indexOf('{', media) + 1), blockEnd(css, media));
            while (declarations.find()) {
                if (!declarations.group().contains("!important")) {
                    report.hint(at + declarations.start() + 1, "Say !important here: styles are also written into the elements, and would outweigh this one.");
                    return;
                }
            }
        }
    }

    private static int blockEnd(String css, int from) {
        int depth = 0;
        for (int at = from; at < css.length(); at++) {
            if (css.charAt(at) == '{') {
                depth++;
            } else if (css.charAt(at) == '}' && --depth <= 0) {
                return at;
            }
        }
        return css.length();
    }
}
