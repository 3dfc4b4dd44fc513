package dev.drover.tracking;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.drover.kernel.BaseUrl;
import dev.drover.kernel.ShopUrl;
import java.net.IDN;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/**
 * Which links of a mail are tracked, and where they then lead. Only {@code http} and {@code https}: nothing else is stored, so nothing else can
 * ever be redirected to. Our own pages to unsubscribe and to choose are left alone: they must work whatever becomes of tracking.
 */
@Component
class Targets {

    private static final int LONGEST = 4_000;
    private static final Pattern WEB = Pattern.compile("(?i)(https?)://([^/?#\\\\\\s]+)([/?#].*)?");
    private static final String ALLOWED = "-._~:/?#@!$&'()*+,;=%";
    private static final List<String> LEFT_ALONE = List.of("/t/", "/p/", "/u/");

    private static final int IN_MEMORY = 10_000;

    private record Place(String link, String campaign) {}

    private final BaseUrl base;
    private final ShopUrl shop;
    private final TrackingSettings settings;
    /** Most links of a mailing are the same for everybody. */
    private final Cache<Place, Optional<String>> known = Caffeine.newBuilder().maximumSize(IN_MEMORY).build();

    Targets(BaseUrl base, ShopUrl shop, TrackingSettings settings) {
        this.base = base;
        this.shop = shop;
        this.settings = settings;
    }

    /** @param campaign who asked for the mail, as the shop's statistics shall name it */
    Optional<String> of(String link, String campaign) {
        // Each person has their own of these: they would only drive others out of memory.
        return leftAlone(link) ? Optional.empty() : known.get(new Place(link, campaign), this::find);
    }

    private Optional<String> find(Place place) {
        return clean(place.link()).filter(url -> !leftAlone(url)).map(url -> settings.utm() && shops(url) ? withOrigin(url, place.campaign()) : url);
    }

    private boolean leftAlone(String url) {
        String home = base.of("");
        return url.startsWith(home) && LEFT_ALONE.stream().anyMatch(path -> url.startsWith(path, home.length()));
    }

    /** A basket's link is ours, wherever the shop lives, and takes nothing along. */
    private boolean shops(String url) {
        return !url.startsWith(base.of("/r/")) && authority(url).equals(authority(shop.get()));
    }

    private static String authority(String url) {
        var parts = WEB.matcher(url);
        return parts.matches() ? parts.group(2).toLowerCase(Locale.ROOT) : "";
    }

    static String withOrigin(String url, String campaign) {
        int hash = url.indexOf('#');
        String fragment = hash < 0 ? "" : url.substring(hash);
        String rest = hash < 0 ? url : url.substring(0, hash);
        int mark = rest.indexOf('?');
        String query = mark < 0 ? "" : rest.substring(mark + 1);
        Map<String, String> wanted = new LinkedHashMap<>();
        wanted.put("utm_source", "drover");
        wanted.put("utm_medium", "email");
        wanted.put("utm_campaign", campaign);
        var parameters = new ArrayList<String>();
        if (!query.isEmpty()) {
            parameters.add(query);
        }
        wanted.forEach((name, value) -> {
            if (!("&" + query).contains("&" + name + "=")) {
                parameters.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
            }
        });
        return (mark < 0 ? rest : rest.substring(0, mark)) + (parameters.isEmpty() ? "" : "?" + String.join("&", parameters)) + fragment;
    }

    /** As a browser would ask for it: in ASCII, with what authors write into links without thinking put right. Empty for what isn't a web address. */
    static Optional<String> clean(String link) {
        var parts = WEB.matcher(link.strip().replaceAll("[\\t\\r\\n]", ""));
        if (!parts.matches()) {
            return Optional.empty();
        }
        try {
            String rest = parts.group(3) == null ? "" : encoded(parts.group(3));
            String url = parts.group(1).toLowerCase(Locale.ROOT) + "://" + ascii(parts.group(2)) + rest;
            return url.length() <= LONGEST && URI.create(url).getRawAuthority() != null ? Optional.of(url) : Optional.empty();
        } catch (IllegalArgumentException notAnAddress) {
            return Optional.empty();
        }
    }

    private static String ascii(String authority) {
        return authority.chars().allMatch(c -> c < 128) ? authority : IDN.toASCII(authority);
    }

    private static String encoded(String text) {
        var out = new StringBuilder(text.length() + 16);
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (each & 0xff);
            boolean plain = c < 128 && (Character.isLetterOrDigit(c) || ALLOWED.indexOf(c) >= 0);
            out.append(plain ? String.valueOf(c) : "%%%02X".formatted((int) c));
        }
        // A per cent sign that begins nothing stands for itself; of several hashes only the first begins the fragment.
        String url = out.toString().replaceAll("%(?![0-9A-Fa-f]{2})", "%25");
        int hash = url.indexOf('#');
        return hash < 0 ? url : url.substring(0, hash + 1) + url.substring(hash + 1).replace("#", "%23");
    }
}
