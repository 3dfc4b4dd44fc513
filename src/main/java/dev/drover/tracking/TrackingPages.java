package dev.drover.tracking;

import dev.drover.kernel.PlatformClock;
import dev.drover.kernel.ShopUrl;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.servlet.ModelAndView;

/**
 * What the links and the pixel of a mail lead to. Nobody waits here for anything to be written. A token that doesn't verify is a page that isn't
 * there; for the pixel, a picture all the same, as nobody wants a broken one in a mail.
 */
@Controller
class TrackingPages {

    private static final byte[] PIXEL = Base64.getDecoder().decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7");

    private final TrackingTokens tokens;
    private final Links links;
    private final HitBuffer hits;
    private final ShopUrl shop;
    private final PlatformClock clock;

    TrackingPages(TrackingTokens tokens, Links links, HitBuffer hits, ShopUrl shop, PlatformClock clock) {
        this.tokens = tokens;
        this.links = links;
        this.hits = hits;
        this.shop = shop;
        this.clock = clock;
    }

    /** HEAD comes here, too. */
    @GetMapping("/t/o/{name}")
    ResponseEntity<byte[]> open(@PathVariable String name, HttpServletRequest request) {
        var message = name.endsWith(".gif") ? tokens.opened(name.substring(0, name.length() - 4)) : java.util.Optional.<Long>empty();
        message.ifPresent(id -> hits.add(new Hit(id, Hit.Kind.OPEN, null, clock.instant(), agent(request))));
        return ResponseEntity.status(message.isPresent() ? HttpStatus.OK : HttpStatus.NOT_FOUND).contentType(MediaType.IMAGE_GIF)
                .cacheControl(CacheControl.noStore()).body(PIXEL);
    }

    @GetMapping("/t/c/{token}")
    Object click(@PathVariable String token, HttpServletRequest request) {
        // Programs that find links in text take a full stop or a bracket along.
        var clicked = tokens.clicked(token.replaceAll("[^A-Za-z0-9_-]+$", ""));
        if (clicked.isEmpty()) {
            return nothingHere();
        }
        long link = clicked.get().linkId();
        boolean trap = link == TrackingTokens.TRAP;
        var target = trap ? java.util.Optional.of(shop.get()) : links.url(link);
        if (target.isEmpty()) {
            return nothingHere();
        }
        hits.add(new Hit(clicked.get().messageId(), trap ? Hit.Kind.TRAP : Hit.Kind.CLICK, trap ? null : link, clock.instant(), agent(request)));
        return ResponseEntity.status(HttpStatus.FOUND).header(HttpHeaders.LOCATION, target.get()).header("X-Robots-Tag", "noindex").cacheControl(CacheControl.noStore()).build();
    }

    private ModelAndView nothingHere() {
        return new ModelAndView("tracking/gone", Map.of("shop", shop.get()), HttpStatus.NOT_FOUND);
    }

    private static UserAgent agent(HttpServletRequest request) {
        var said = UserAgent.of(request.getHeader(HttpHeaders.USER_AGENT));
        Machine machine = request.getMethod().equals("HEAD") ? Machine.HEAD : said.machine() != null ? said.machine() : prefetches(request) ? Machine.PREFETCH : null;
        return new UserAgent(said.device(), said.client(), machine);
    }

    /** What a browser fetches in advance it says so. */
    private static boolean prefetches(HttpServletRequest request) {
        return Stream.of("Purpose", "Sec-Purpose", "X-Purpose", "X-Moz").map(request::getHeader).anyMatch(TrackingPages::prefetch);
    }

    private static boolean prefetch(@Nullable String purpose) {
        return purpose != null && (purpose.contains("prefetch") || purpose.contains("preview"));
    }
}
