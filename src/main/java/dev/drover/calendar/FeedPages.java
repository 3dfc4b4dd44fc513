package dev.drover.calendar;

import dev.drover.kernel.BaseUrl;
import dev.drover.kernel.Problem;
import dev.drover.kernel.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.time.Duration;
import java.util.HexFormat;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The calendar's feed, read by whoever knows its address, and the address, which its owner makes, renews and takes away. */
@Controller
class FeedPages {

    private static final String ENDS = ".ics";
    private static final MediaType CALENDAR = new MediaType("text", "calendar", StandardCharsets.UTF_8);
    private static final Duration FRESH = Duration.ofMinutes(5);

    private final FeedTokens tokens;
    private final CalendarFeed feed;
    private final BaseUrl base;

    FeedPages(FeedTokens tokens, CalendarFeed feed, BaseUrl base) {
        this.tokens = tokens;
        this.feed = feed;
        this.base = base;
    }

    /** An address that opens nothing tells no more than that; the answer is the same whether it never was one or was renewed. */
    @GetMapping("/calendar/feed/{file}")
    ResponseEntity<byte[]> read(@PathVariable String file) {
        if (!file.endsWith(ENDS) || !tokens.opens(file.substring(0, file.length() - ENDS.length()))) {
            throw Problem.notFound("There is no calendar at this address: perhaps it was renewed or taken away. Make a new one on the calendar’s page.");
        }
        byte[] body = feed.written().getBytes(StandardCharsets.UTF_8);
        return ResponseEntity.ok().contentType(CALENDAR).cacheControl(CacheControl.maxAge(FRESH).cachePrivate().mustRevalidate()).eTag(tag(body)).header("Content-Disposition", "inline; filename=\"drover.ics\"")
                .header("X-Robots-Tag", "noindex").body(body);
    }

    @PostMapping("/calendar/subscription")
    String make(Principal who, RedirectAttributes after) {
        after.addFlashAttribute("fresh", base.of("/calendar/feed/" + tokens.make(who.getName()) + ENDS));
        return "redirect:/calendar#subscription";
    }

    @PostMapping("/calendar/subscription/delete")
    String takeAway(Principal who, RedirectAttributes after) {
        after.addFlashAttribute("told", tokens.takeAway(who.getName()) ? "Your calendar’s address opens nothing any more." : "You had no address.");
        return "redirect:/calendar#subscription";
    }

    private static String tag(byte[] body) {
        return '"' + HexFormat.of().formatHex(Sha256.of(body), 0, 16) + '"';
    }
}
