package dev.drover.template;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** A colour without transparency. @param red 0 to 255 */
record Colour(int red, int green, int blue) {

    static final Colour BLACK = new Colour(0, 0, 0);
    static final Colour WHITE = new Colour(255, 255, 255);

    private static final Pattern HEX = Pattern.compile("#([0-9a-f]{3}|[0-9a-f]{6})(?![0-9a-f])");
    private static final Pattern RGB = Pattern.compile("rgb\\(\\s*(\\d{1,3})[\\s,]+(\\d{1,3})[\\s,]+(\\d{1,3})\\s*\\)");
    private static final Map<String, String> NAMED = Map.ofEntries(Map.entry("black", "000000"), Map.entry("white", "ffffff"), Map.entry("red", "ff0000"), Map.entry("green", "008000"),
            Map.entry("blue", "0000ff"), Map.entry("gray", "808080"), Map.entry("grey", "808080"), Map.entry("silver", "c0c0c0"), Map.entry("yellow", "ffff00"), Map.entry("orange", "ffa500"),
            Map.entry("navy", "000080"), Map.entry("lightgray", "d3d3d3"), Map.entry("lightgrey", "d3d3d3"), Map.entry("darkgray", "a9a9a9"), Map.entry("darkgrey", "a9a9a9"));

    /** The first colour in a value such as {@code #fff url(…)}; empty: none, or none that can be told. */
    static Optional<Colour> in(String value) {
        String text = value.toLowerCase(java.util.Locale.ROOT);
        var hex = HEX.matcher(text);
        if (hex.find()) {
            String digits = hex.group(1);
            return Optional.of(ofHex(digits.length() == 6 ? digits : digits.replaceAll("(.)", "$1$1")));
        }
        var rgb = RGB.matcher(text);
        if (rgb.find()) {
            return Optional.of(new Colour(part(rgb.group(1)), part(rgb.group(2)), part(rgb.group(3))));
        }
        for (String word : text.split("[\\s!;]+")) {
            if (NAMED.containsKey(word)) {
                return Optional.of(ofHex(NAMED.get(word)));
            }
        }
        return Optional.empty();
    }

    private static Colour ofHex(String digits) {
        int all = Integer.parseInt(digits, 16);
        return new Colour(all >> 16, all >> 8 & 255, all & 255);
    }

    private static int part(String digits) {
        return Math.min(255, Integer.parseInt(digits));
    }

    /** From 1 (none) to 21, as WCAG 2 counts it. */
    double contrastTo(Colour other) {
        double mine = luminance();
        double theirs = other.luminance();
        return (Math.max(mine, theirs) + .05) / (Math.min(mine, theirs) + .05);
    }

    private double luminance() {
        return .2126 * linear(red) + .7152 * linear(green) + .0722 * linear(blue);
    }

    private static double linear(int part) {
        double share = part / 255.0;
        return share <= .04045 ? share / 12.92 : Math.pow((share + .055) / 1.055, 2.4);
    }
}
