package dev.drover.web;

import dev.drover.kernel.DemoMode;
import dev.drover.kernel.Json;
import dev.drover.kernel.PlatformClock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Component;

/** What the page shell shows on every page; the layout asks it as {@code @shell}. */
@Component("shell")
class Shell {

    public record Item(String key, String name, String url) {}

    public record Group(String name, List<Item> items) {}

    private static final List<Group> NAVIGATION = List.of(
            new Group("", List.of(new Item("home", "Home", "/"))),
            new Group("People", List.of(new Item("customers", "Customers", "/customers"), new Item("segments", "Segments", "/segments"),
                    new Item("rfm", "RFM", "/rfm"), new Item("rules", "Rules", "/rules"))),
            new Group("Reaching out", List.of(new Item("campaigns", "Campaigns", "/campaigns"), new Item("calendar", "Calendar", "/calendar"), new Item("journeys", "Journeys", "/journeys"), new Item("triggers", "Triggers", "/triggers"), new Item("experiments", "Experiments", "/experiments"), new Item("carts", "Carts", "/carts"),
                    new Item("templates", "Templates", "/templates"), new Item("messages", "Messages", "/messages"), new Item("inbox", "Inbox", "/inbox"),
                    new Item("deliverability", "Deliverability", "/deliverability"), new Item("suppressions", "Suppressions", "/suppressions"),
                    new Item("providers", "Providers", "/providers"))),
            new Group("Running it", List.of(new Item("imports", "Imports", "/imports"), new Item("settings", "Settings", "/settings"))));

    private final PlatformClock clock;
    private final DemoMode demo;
    private final ObjectProvider<Banner> banners;

    Shell(PlatformClock clock, DemoMode demo, ObjectProvider<Banner> banners) {
        this.clock = clock;
        this.demo = demo;
        this.banners = banners;
    }

    public List<Group> navigation() {
        return NAVIGATION;
    }

    public List<Banner.Notice> banners() {
        return banners.orderedStream().flatMap(banner -> banner.now().stream()).toList();
    }

    public Instant now() {
        return clock.instant();
    }

    public boolean timeMoves() {
        return clock.controllable();
    }

    public boolean demo() {
        return demo.on();
    }

    public boolean loggedIn() {
        var who = SecurityContextHolder.getContext().getAuthentication();
        return who != null && who.isAuthenticated() && !(who instanceof AnonymousAuthenticationToken);
    }

    public boolean admin() {
        return is("ADMIN");
    }

    /** Whether rules may be changed; an admin is an analyst, too. */
    public boolean analyst() {
        return is("ANALYST");
    }

    private static boolean is(String role) {
        var who = SecurityContextHolder.getContext().getAuthentication();
        return who != null && who.getAuthorities().stream().anyMatch(one -> ("ROLE_" + role).equals(one.getAuthority()));
    }

    /** What htmx sends along; a page before log-in opens no session for it. */
    public @Nullable String headers(@Nullable CsrfToken csrf) {
        return csrf == null || !loggedIn() ? null : Json.write(Map.of(csrf.getHeaderName(), csrf.getToken()));
    }

    public String user() {
        var who = SecurityContextHolder.getContext().getAuthentication();
        return who == null ? "" : who.getName();
    }
}
