package dev.drover.audience;

import dev.drover.kernel.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/products")
class ProductApi {

    /** The contract's words: no number of ours. */
    record View(String externalId, String name, @Nullable String category, BigDecimal price, String currency, @Nullable String url, @Nullable String imageUrl,
            boolean active, Map<String, Object> attributes) {}

    private final Products products;

    ProductApi(Products products) {
        this.products = products;
    }

    @PostMapping
    @ResponseStatus(HttpStatus.OK)
    View upsert(@RequestBody ProductInput input) {
        var problems = input.problems();
        if (!problems.isEmpty()) {
            throw Problem.invalid(problems);
        }
        products.takeAll(List.of(input));
        return get(input.externalId());
    }

    @PostMapping("/batch")
    Ndjson.Answer batch(HttpServletRequest request) throws IOException {
        var read = new Ndjson<>(ProductInput.class, ProductInput::problems).read(request.getInputStream());
        Ndjson.chunks(read.items()).forEach(products::takeAll);
        return Ndjson.answer(read.items().size(), read.rejected());
    }

    @GetMapping("/{externalId}")
    View get(@PathVariable String externalId) {
        var product = products.byExternalId(externalId).orElseThrow(() -> Problem.notFound("There is no product '" + externalId + "'."));
        return new View(product.externalId(), product.name(), product.category(), product.price(), product.currency(), product.url(), product.imageUrl(),
                product.active(), products.attributesOf(product.id()));
    }
}
