package dev.drover.outgoing;

import dev.drover.kernel.Problem;
import java.net.IDN;
import java.net.URI;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A web address as it may be asked: http or https, a host in one plain spelling, no user in it, a port that websites use. */
record Destination(URI url, String host, int port) {

    private static final int LONGEST = 2_000;
    private static final Pattern PARTS = Pattern.compile("(?i)(https?)://([^/?#\\\\]+)([/?#].*)?");
    private static final Pattern PLACE = Pattern.compile("(\\[[0-9a-fA-F:.]+]|[^:\\[\\]@]+)(?::([0-9]{1,5}))?");
    private static final Pattern DOTTED = Pattern.compile("(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}");
    /** What other programs read as a number: 127.1, 2130706433, 0177.0.0.1, 0x7f000001. Names don't end so. */
    private static final Pattern NUMBER = Pattern.compile("(?i)(.*\\.)?(0x[0-9a-f]*|[0-9]+)\\.?");
    private static final int RESERVED_BELOW = 1024;

    /** @throws Problem rejected, for what is no such address */
    static Destination of(String typed) {
        String text = typed.strip();
        Matcher parts = PARTS.matcher(text);
        if (text.length() > LONGEST || !parts.matches()) {
            throw refused(text, "it isn't http:// or https:// and a host");
        }
        String scheme = parts.group(1).toLowerCase(Locale.ROOT);
        if (parts.group(2).contains("@")) {
            throw refused(text, "it names a user; put credentials into a header");
        }
        Matcher place = PLACE.matcher(parts.group(2));
        if (!place.matches()) {
            throw refused(text, "its host can't be read");
        }
        String host = host(text, place.group(1));
        int port = place.group(2) == null ? usual(scheme) : Integer.parseInt(place.group(2));
        if (port != 80 && port != 443 && port < RESERVED_BELOW || port > 65_535) {
            throw refused(text, "port %d is none of the web's".formatted(port));
        }
        String rest = parts.group(3) == null ? "/" : parts.group(3);
        return new Destination(url(text, scheme, host, port, rest), host, port);
    }

    /** Where a redirect leads, relative or not. */
    Destination redirected(String location) {
        try {
            return of(url.resolve(URI.create(location.strip())).toString());
        } catch (IllegalArgumentException noUri) {
            return of(location);
        }
    }

    private static String host(String text, String written) {
        if (written.startsWith("[")) {
            return written.toLowerCase(Locale.ROOT);
        }
        String name;
        try {
            // Other ways to write a letter, a digit or a dot become the plain one before they are looked at.
            name = IDN.toASCII(written, IDN.USE_STD3_ASCII_RULES).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException noName) {
            throw refused(text, "its host can't be read");
        }
        if (NUMBER.matcher(name).matches() && !(name.equals(written) && DOTTED.matcher(name).matches())) {
            throw refused(text, "its host is a number in disguise");
        }
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }

    private static URI url(String text, String scheme, String host, int port, String rest) {
        String path = rest.startsWith("/") ? rest : "/" + rest;
        int fragment = path.indexOf('#');
        try {
            URI url = URI.create(scheme + "://" + host + (port == usual(scheme) ? "" : ":" + port) + (fragment < 0 ? path : path.substring(0, fragment)));
            if (url.getHost() == null) {
                throw refused(text, "its host can't be read");
            }
            return URI.create(url.toASCIIString());
        } catch (IllegalArgumentException noUri) {
            throw refused(text, "it holds what no URL may");
        }
    }

    private static int usual(String scheme) {
        return scheme.equals("https") ? 443 : 80;
    }

    private static Problem refused(String text, String why) {
        String shown = text.length() > 100 ? text.substring(0, 100) + "…" : text;
        return Problem.rejected("'%s' can't be asked: %s.".formatted(shown, why));
    }
}
