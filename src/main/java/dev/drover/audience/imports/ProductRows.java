package dev.drover.audience.imports;

import dev.drover.audience.ProductInput;
import dev.drover.audience.Products;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

@Component
class ProductRows implements RowTaker {

    private final Products products;

    ProductRows(Products products) {
        this.products = products;
    }

    @Override
    public ImportKind kind() {
        return ImportKind.PRODUCTS;
    }

    @Override
    public void take(ImportJob job, List<Row> rows) {
        var good = new ArrayList<ProductInput>();
        for (Row row : rows) {
            var product = new ProductInput(row.text("externalId"), row.text("name"), row.text("category"), row.number("price"), row.text("currency"),
                    row.text("url"), row.text("imageUrl"), row.yes("active"), null);
            // A price that can't be read was refused as such already; it isn't missing too.
            if (row.problems().isEmpty()) {
                product.problems().forEach(error -> row.refuse(error.message()));
            }
            if (row.problems().isEmpty()) {
                good.add(product);
            }
        }
        products.takeAll(good);
    }
}
