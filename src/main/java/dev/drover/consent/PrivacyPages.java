package dev.drover.consent;

import dev.drover.audience.Customers;
import dev.drover.kernel.Json;
import dev.drover.web.AuditLog;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** A customer's data for whoever asks on the phone: the file, and the end of it. Nobody is erased by a slip: the id must be typed. */
@Controller
@RequestMapping("/customers/{externalId}")
class PrivacyPages {

    private final Customers customers;
    private final PersonalExports exports;
    private final Erasures erasures;
    private final AuditLog audit;

    PrivacyPages(Customers customers, PersonalExports exports, Erasures erasures, AuditLog audit) {
        this.customers = customers;
        this.exports = exports;
        this.erasures = erasures;
        this.audit = audit;
    }

    @PostMapping("/export")
    @Transactional
    public ResponseEntity<String> export(@PathVariable String externalId) {
        var customer = customers.require(externalId);
        audit.record("customer.exported", "customer number " + customer.id(), Map.of());
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"customer-data.json\"")
                .header(HttpHeaders.CACHE_CONTROL, "no-store").body(Json.pretty(exports.of(customer)));
    }

    @GetMapping("/erase")
    String ask(@PathVariable String externalId, Model model) {
        return page(externalId, null, false, model);
    }

    @PostMapping("/erase")
    String erase(@PathVariable String externalId, @RequestParam(defaultValue = "") String typed, @RequestParam @Nullable String neverAgain, HttpServletResponse response,
            Model model) {
        var customer = customers.require(externalId);
        if (!typed.strip().equals(customer.externalId())) {
            response.setStatus(422);
            return page(externalId, typed, neverAgain != null, model);
        }
        erasures.erase(customer, neverAgain != null, "staff");
        model.addAttribute("erased", true);
        return "consent/erase";
    }

    private String page(String externalId, @Nullable String typed, boolean neverAgain, Model model) {
        model.addAttribute("customer", customers.require(externalId)).addAttribute("typed", typed).addAttribute("neverAgain", neverAgain).addAttribute("erased", false);
        return "consent/erase";
    }
}
