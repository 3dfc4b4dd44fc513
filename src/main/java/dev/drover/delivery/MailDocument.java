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
    private static final Pattern HEAD = Pattern.compile("<head(\\s[^>]*)?>", Pattern.CASE_INSENSITIVE);

    private MailDocument() {}

    static ResponseEntity<String> of(String html) {
        return ResponseEntity.ok().contentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8)).cacheControl(CacheControl.noStore())
                .header("Content-Security-Policy", POLICY).header("Referrer-Policy", "no-referrer").body(withBase(html));
    }

    private static String withBase(String html) {
        var head = HEAD.matcher(html);
        return head.find() ? html.substring(0, head.end()) + BASE + html.substring(head.end()) : BASE + html;
    }
}
