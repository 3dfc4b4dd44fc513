package dev.drover.audience.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.kernel.CsvText;
import dev.drover.kernel.Problem;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MappingTests {

    private static final List<String> SHOP = List.of("InvoiceNo", "StockCode", "Description", "Quantity", "InvoiceDate", "UnitPrice", "CustomerID");

    @Test
    void guessesTheUsualNames() {
        assertThat(Mapping.guess(ImportKind.TRANSACTIONS, SHOP).columns()).isEqualTo(Map.of("orderId", "InvoiceNo", "productId", "StockCode",
                "productName", "Description", "quantity", "Quantity", "placedAt", "InvoiceDate", "unitPrice", "UnitPrice", "customerId", "CustomerID"));
        assertThat(Mapping.guess(ImportKind.CUSTOMERS, List.of("id", "E-Mail", "first_name", "City")).columns())
                .isEqualTo(Map.of("externalId", "id", "email", "E-Mail", "firstName", "first_name"));
    }

    @Test
    void takesWhatIsSaidOverTheGuessEitherWayRound() {
        var guess = Mapping.guess(ImportKind.CUSTOMERS, List.of("id", "mail", "City"));
        assertThat(guess.with(ImportKind.CUSTOMERS, List.of("id", "mail", "City"), Map.of("attributes.city", "City")).columns()).containsEntry("attributes.city", "City");
        assertThat(guess.with(ImportKind.CUSTOMERS, List.of("id", "mail", "City"), Map.of("City", "country")).columns()).containsEntry("country", "City");
        assertThat(guess.with(ImportKind.CUSTOMERS, List.of("id", "mail", "City"), Map.of("email", "")).columns()).doesNotContainKey("email");
    }

    @Test
    void saysWhichFieldOrColumnIsNotThere() {
        var guess = Mapping.guess(ImportKind.TRANSACTIONS, SHOP);
        assertThatThrownBy(() -> guess.with(ImportKind.TRANSACTIONS, SHOP, Map.of("colour", "StockCode"))).isInstanceOf(Problem.class).hasMessageContaining("no field 'colour'");
        assertThatThrownBy(() -> guess.with(ImportKind.TRANSACTIONS, SHOP, Map.of("currency", "Money"))).isInstanceOf(Problem.class).hasMessageContaining("no column 'Money'");
    }

    @Test
    void noticesAMissingHeader() {
        var data = List.of("536365", "85123A", "6", "2010-12-01", "2.55", "17850");
        assertThatThrownBy(() -> Mapping.guess(ImportKind.TRANSACTIONS, data).requireComplete(ImportKind.TRANSACTIONS, data))
                .isInstanceOfSatisfying(Problem.class, problem -> {
                    assertThat(problem.errors()).extracting(Problem.FieldError::field).contains("mapping.orderId", "mapping.quantity");
                    assertThat(problem).hasMessageContaining("536365").hasMessageContaining("header");
                });
    }

    @Test
    void readsNumbersInEitherWayOfWriting() {
        Map.of("1234.5", "1234.5", "1,234.50", "1234.50", "1.234,50", "1234.50", "12,50", "12.50", "1,234", "1234", "-3", "-3")
                .forEach((written, meant) -> assertThat(row(written).number("price")).isEqualTo(new BigDecimal(meant)));
        for (String bad : new String[] {"1e9", "twelve", "1,2,3", "NaN", "9".repeat(40)}) {
            var row = row(bad);
            assertThat(row.number("price")).isNull();
            assertThat(row.problems()).singleElement().asString().contains("no number");
        }
    }

    @Test
    void disarmsCellsThatASpreadsheetWouldRun() {
        assertThat(CsvText.cell("=HYPERLINK(\"http://evil\")")).isEqualTo("\"'=HYPERLINK(\"\"http://evil\"\")\"");
        assertThat(CsvText.cell("@cmd")).isEqualTo("'@cmd");
        assertThat(CsvText.cell("+31612345678")).isEqualTo("'+31612345678");
        assertThat(CsvText.cell("-12.50")).isEqualTo("-12.50");
        assertThat(CsvText.cell("plain")).isEqualTo("plain");
    }

    private static Row row(String price) {
        return new Row(1, 2, List.of(price), Map.of("price", 0), null);
    }
}
