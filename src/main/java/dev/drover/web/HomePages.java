package dev.drover.web;

import dev.drover.kernel.TimeMachine;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Home, log-in and the time machine. Home's tiles belong to the capabilities: the page names their addresses only. */
@Controller
class HomePages {

    private final TimeMachine machine;
    private final AuditLog audit;

    HomePages(TimeMachine machine, AuditLog audit) {
        this.machine = machine;
        this.audit = audit;
    }

    @GetMapping("/")
    String home() {
        return "web/home";
    }

    @GetMapping("/login")
    String logIn() {
        return "web/login";
    }

    @PostMapping("/time")
    String skip(@RequestParam String by, HttpServletRequest request) {
        machine.advance(ClockApi.duration(by));
        audit.record("clock.moved", by, Map.of());
        return "redirect:" + whence(request.getHeader("Referer"));
    }

    /** Only the path of it: a redirect never leaves this server. */
    private static String whence(@Nullable String referer) {
        try {
            String path = referer == null ? "/" : URI.create(referer).getRawPath();
            return path == null || !path.startsWith("/") || path.startsWith("//") || path.contains("\\") ? "/" : path;
        } catch (IllegalArgumentException notAnAddress) {
            return "/";
        }
    }
}
