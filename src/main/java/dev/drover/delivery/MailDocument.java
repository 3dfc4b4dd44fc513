package dev.drover.delivery;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/**
 * A message's HTML as an answer of its own, for a frame: no scripts, no forms, no origin (also when it is opened by itself), nothing fetched
 * from elsewhere, so that looking at a mail tells nobody outside. Its links can be opened, each in a window of its own.
 */
final class MailDocument {

    private static final String POLICY = "default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
            + "frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox";
    private static final String BASE = "<base target=\"_blank\">";
    private static final Pattern DARK = Pattern.compile("\\(\\s*prefers-color-scheme\\s*:\\s*dark\\s*\\)", Pattern.CASE_INSENSITIVE);
    private static final Pattern LIGHT = Pattern.compile("\\(\\s*prefers-color-scheme\\s*:\\s*light\\s*\\)", Pattern.CASE_INSENSITIVE);
    private static final String DARKENED = "<style>html { background: #fff; filter: invert(1) hue-rotate(180deg); } img { filter: invert(1) hue-rotate(180deg); }</style>";
    private static final Pattern HEAD = Pattern.compile("<head(\\s[^>]*)?>", Pattern.CASE_INSENSITIVE);

    private MailDocument() {}

    static ResponseEntity<String> of(String html) {
        return ResponseEntity.ok().contentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8)).cacheControl(CacheControl.noStore())
                .header("Content-Security-Policy", POLICY).header("Referrer-Policy", "no-referrer").body(withBase(html));
    }

    /**
     * As it looks to somebody who likes it dark, or light, whatever the one who looks likes. A mail that says nothing about the dark is darkened
     * as many mail programs do it by themselves.
     */
    static String inScheme(String html, boolean dark) {
        String settled = DARK.matcher(html).replaceAll(dark ? "(min-width:0)" : "(max-width:0)");
        settled = LIGHT.matcher(settled).replaceAll(dark ? "(max-width:0)" : "(min-width:0)");
        return dark && settled.equals(html) ? html + DARKENED : settled;
    }

    private static String withBase(String html) {
        var head = HEAD.matcher(html);
        return head.find() ? html.substring(0, head.end()) + BASE + html.substring(head.end()) : BASE + html;
    }
}
