package dev.drover.web;

import dev.drover.kernel.Checks;
import jakarta.servlet.http.HttpSession;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.session.SessionInformation;
import org.springframework.security.core.session.SessionRegistry;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** One's own password for everybody; for an admin the people, the tokens of programs, and who changed what. */
@Controller
class SettingsPages {

    private static final List<String> AREAS = List.of("customers", "products", "orders", "events", "imports", "segments", "rules", "templates", "messages",
            "providers", "eligibility", "campaigns", "journeys", "triggers", "experiments", "carts", "discounts", "clock");

    private final People people;
    private final ApiTokens tokens;
    private final AuditLog audit;
    private final SessionRegistry sessions;

    SettingsPages(People people, ApiTokens tokens, AuditLog audit, SessionRegistry sessions) {
        this.people = people;
        this.sessions = sessions;
        this.tokens = tokens;
        this.audit = audit;
    }

    @GetMapping("/settings")
    String settings(Model model) {
        model.addAttribute("people", people.all()).addAttribute("tokens", tokens.all()).addAttribute("areas", AREAS);
        return "web/settings";
    }

    @PostMapping("/settings/password")
    @Transactional
    String password(@RequestParam String former, @RequestParam String password, Principal who, HttpSession own, RedirectAttributes after) {
        people.changePassword(who.getName(), former, password);
        endSessions(who.getName(), own.getId());
        audit.record("password.changed", who.getName(), Map.of());
        after.addFlashAttribute("done", "Your password is changed.");
        return "redirect:/settings";
    }

    @PostMapping("/settings/people")
    @Transactional
    String person(@RequestParam String name, @RequestParam String password, @RequestParam String role, RedirectAttributes after) {
        var checks = new Checks().required("name", name).atMost("name", name, 100);
        if (!List.of("ADMIN", "MARKETER", "ANALYST").contains(role)) {
            checks.fail("role", "There is no such role.");
        }
        checks.orThrow();
        people.add(name.strip(), password, role);
        audit.record("person.added", name.strip(), Map.of("role", role));
        after.addFlashAttribute("done", name.strip() + " can log in now.");
        return "redirect:/settings#people";
    }

    @PostMapping("/settings/people/{id}/active")
    @Transactional
    String active(@PathVariable long id, @RequestParam boolean active, Principal who, RedirectAttributes after) {
        String name = people.setActive(id, active, who.getName());
        endSessions(name, "");
        audit.record(active ? "person.let-in" : "person.shut-out", name, Map.of());
        after.addFlashAttribute("done", active ? name + " can log in again." : name + " can’t log in any more.");
        return "redirect:/settings#people";
    }

    @PostMapping("/settings/tokens")
    @Transactional
    String token(@RequestParam String name, @RequestParam(required = false) @Nullable List<String> scopes, Principal who, RedirectAttributes after) {
        new Checks().required("name", name).atMost("name", name, 100).orThrow();
        List<String> wanted = scopes == null || scopes.isEmpty() ? List.of(ApiTokens.EVERYTHING) : scopes;
        after.addFlashAttribute("fresh", tokens.create(name.strip(), wanted, who.getName()));
        audit.record("token.created", name.strip(), Map.of("scopes", wanted));
        return "redirect:/settings#tokens";
    }

    @PostMapping("/settings/tokens/{id}/revoke")
    @Transactional
    String revoke(@PathVariable long id, RedirectAttributes after) {
        String name = tokens.revoke(id);
        audit.record("token.revoked", name, Map.of());
        after.addFlashAttribute("done", "Token “" + name + "” is revoked: calls with it are refused from now on.");
        return "redirect:/settings#tokens";
    }

    private void endSessions(String name, String except) {
        sessions.getAllPrincipals().stream().filter(person -> person instanceof UserDetails details && details.getUsername().equals(name))
                .flatMap(person -> sessions.getAllSessions(person, false).stream())
                .filter(session -> !session.getSessionId().equals(except)).forEach(SessionInformation::expireNow);
    }

    @GetMapping("/audit")
    String changes(@RequestParam(required = false) @Nullable Long before, Model model) {
        var entries = audit.latest(before, 51);
        model.addAttribute("entries", entries.subList(0, Math.min(50, entries.size())))
                .addAttribute("next", entries.size() > 50 ? entries.get(49).id() : null);
        return "web/audit";
    }
}
