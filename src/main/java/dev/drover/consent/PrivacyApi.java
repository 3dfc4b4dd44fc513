package dev.drover.consent;

import dev.drover.audience.Customers;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What the law gives a person: to be told everything, and to be forgotten. */
@RestController
@RequestMapping("/api/v1/customers/{externalId}")
class PrivacyApi {

    private final Customers customers;
    private final PersonalExports exports;
    private final Erasures erasures;

    PrivacyApi(Customers customers, PersonalExports exports, Erasures erasures) {
        this.customers = customers;
        this.exports = exports;
        this.erasures = erasures;
    }

    @GetMapping("/export")
    ResponseEntity<Map<String, Object>> export(@PathVariable String externalId) {
        return ResponseEntity.ok().header(HttpHeaders.CACHE_CONTROL, "no-store").body(exports.of(customers.require(externalId)));
    }

    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void erase(@PathVariable String externalId, @RequestParam(defaultValue = "false") boolean neverAgain) {
        erasures.erase(customers.require(externalId), neverAgain, "the API");
    }
}
