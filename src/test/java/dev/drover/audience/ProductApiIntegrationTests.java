package dev.drover.audience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.testing.Api;
import dev.drover.testing.IntegrationTest;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

@IntegrationTest
class ProductApiIntegrationTests {

    @LocalServerPort
    int port;

    @Test
    void answersInTheCallersWordsAndMergesAttributes() throws Exception {
        var api = new Api("http://127.0.0.1:" + port, "test-token");
        String id = "milk-" + UUID.randomUUID();
        api.postJson("/api/v1/products", """
                {"externalId": "%s", "name": "Milk", "category": "Milk", "price": "2.40", "attributes": {"fat": 3.5, "size": "1 l"}}""".formatted(id));
        api.postJson("/api/v1/products", """
                {"externalId": "%s", "name": "Hay milk", "price": 2.60, "active": false, "attributes": {"size": "2 l"}}""".formatted(id));
        var product = api.get("/api/v1/products/" + id);
        assertThat(product.propertyNames()).containsExactly("externalId", "name", "category", "price", "currency", "url", "imageUrl", "active", "attributes");
        assertThat(product.get("category").asString()).as("what is left out stays").isEqualTo("Milk");
        assertThat(product.get("price").decimalValue()).isEqualByComparingTo("2.60");
        assertThat(product.get("active").asBoolean()).isFalse();
        assertThat(product.get("attributes").toString()).contains("\"fat\":3.5").contains("\"size\":\"2 l\"");
    }
}
