package dev.drover.template;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.jsoup.nodes.Element;

/** Whether words stand out from what is behind them (WCAG 2, 1.4.3), as far as the styles of the elements tell. */
final class Contrast {

    private static final double LEAST = 4.5;
    private static final double LEAST_LARGE = 3;
    private static final Pattern PIXELS = Pattern.compile("([0-9.]+)px");

    /** What is in force at an element. */
    private record Look(Colour ink, Colour ground, double size, boolean bold, boolean known, boolean hidden) {

        boolean large() {
            return size >= 24 || size >= 18.66 && bold;
        }
    }

    private static final Look START = new Look(Colour.BLACK, Colour.WHITE, 16, false, true, false);

    private Contrast() {}

    static void check(Markup markup, Report report) {
        var looks = new HashMap<Element, Look>();
        var told = new HashSet<String>();
        looks.put(markup.document(), START);
        // Parents come before their children.
        for (Element element : markup.document().getAllElements()) {
            var look = looks.computeIfAbsent(element, one -> look(one, one.parent() == null ? START : looks.getOrDefault(one.parent(), START)));
            if (element.ownText().isBlank() || !look.known() || look.hidden() || element.is("title, style, script")) {
                continue;
            }
            double contrast = look.ink().contrastTo(look.ground());
            // The same two colours are told of once.
            if (contrast < (look.large() ? LEAST_LARGE : LEAST) && told.add(look.ink() + " " + look.ground())) {
                report.warning(markup.at(element), "These words hardly stand out: their contrast is %.1f to 1, %s is needed.".formatted(contrast, look.large() ? "3" : "4.5"));
            }
        }
    }

    private static Look look(Element element, Look parent) {
        var styles = declarations(element.attr("style"));
        String ground = Optional.ofNullable(styles.get("background-color")).or(() -> Optional.ofNullable(styles.get("background"))).orElse(element.attr("bgcolor"));
        String ink = styles.getOrDefault("color", element.is("font") ? element.attr("color") : "");
        boolean picture = ground.contains("url(") || ground.contains("gradient") || ground.contains("rgba") || ground.contains("var(") || styles.containsKey("opacity") || element.hasAttr("background");
        boolean link = element.is("a") && ink.isEmpty();
        return new Look(colour(ink, parent.ink()), colour(ground, parent.ground()), size(styles.get("font-size"), element, parent.size()),
                bold(styles.get("font-weight"), element, parent.bold()),
                (parent.known() || !ground.isBlank() && Colour.in(ground).isPresent()) && !picture && !link && (ink.isBlank() || Colour.in(ink).isPresent()),
                parent.hidden() || styles.getOrDefault("display", "").equals("none") || styles.getOrDefault("font-size", "").matches("[01]px"));
    }

    private static Map<String, String> declarations(String style) {
        var all = new HashMap<String, String>();
        for (String one : style.toLowerCase(Locale.ROOT).split(";")) {
            int colon = one.indexOf(':');
            if (colon > 0) {
                all.put(one.substring(0, colon).strip(), one.substring(colon + 1).strip());
            }
        }
        return all;
    }

    private static Colour colour(String value, Colour otherwise) {
        return Colour.in(value).orElse(otherwise);
    }

    private static double size(@Nullable String value, Element element, double parent) {
        var pixels = PIXELS.matcher(value == null ? "" : value);
        if (pixels.find()) {
            try {
                return Double.parseDouble(pixels.group(1));
            } catch (NumberFormatException e) {
                return parent;
            }
        }
        return switch (element.normalName()) {
            case "h1" -> 32;
            case "h2" -> 24;
            default -> parent;
        };
    }

    private static boolean bold(@Nullable String value, Element element, boolean parent) {
        return value == null ? parent || element.is("b, strong, h1, h2, h3, th") : value.startsWith("bold") || value.matches("[6-9]00");
    }
}
