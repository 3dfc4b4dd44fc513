package dev.drover.audience.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.drover.audience.Customers;
import dev.drover.audience.OrderTotals;
import dev.drover.testing.Api;
import dev.drover.testing.IntegrationTest;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockMultipartFile;

/** A real shop's file, with all its mess. The figures are counted on the file by other means. */
@IntegrationTest
class RealFileIntegrationTests {

    private static final Path FILE = Path.of("../shared/data/online-retail/online-retail.csv.gz");

    @Autowired
    Imports imports;

    @Autowired
    ImportJobs jobs;

    @Autowired
    Customers customers;

    @Autowired
    OrderTotals totals;

    @Autowired
    JdbcClient jdbc;

    @Test
    void isTakenWholeAndAgainWithoutDoubling() throws Exception {
        assumeTrue(Files.exists(FILE), "skipped: the real shop's file isn't at " + FILE.toAbsolutePath());
        var first = run();
        assertThat(first.status()).isEqualTo(ImportJob.Status.COMPLETED);
        assertThat(first.rows()).isEqualTo(50_999);
        // 89 lines take stock away under a plain invoice number: neither an order nor a cancellation.
        assertThat(first.rejected()).isEqualTo(89);
        assertThat(first.accepted()).isEqualTo(50_910);
        // The bench measures it; here only what would be far off on a busy machine too.
        assertThat(Duration.between(first.createdAt(), first.finishedAt())).isLessThan(Duration.ofSeconds(30));
        holdsWhatTheFileSays();

        assertThat(run().accepted()).isEqualTo(50_910);
        holdsWhatTheFileSays();
    }

    private void holdsWhatTheFileSays() {
        var ofThisFile = "FROM customer_order o WHERE o.external_id ~ '^C?5[34][0-9]{4}$'";
        assertThat(jdbc.sql("SELECT count(*) " + ofThisFile).query(Long.class).single()).isEqualTo(2278);
        assertThat(jdbc.sql("SELECT count(*) " + ofThisFile + " AND kind = 'cancellation'").query(Long.class).single()).isEqualTo(386);
        assertThat(jdbc.sql("SELECT count(*) FROM order_line WHERE order_id IN (SELECT o.id " + ofThisFile + ")").query(Long.class).single()).isEqualTo(50_910);
        assertThat(jdbc.sql("SELECT count(DISTINCT customer_id) " + ofThisFile).query(Long.class).single()).isEqualTo(1_051);
        var someone = totals.of(customers.require("17850").id());
        assertThat(someone).isEqualTo(new OrderTotals.Totals(34, new BigDecimal("5391.21"), someone.average(), Instant.parse("2010-12-01T08:26:00Z"), Instant.parse("2010-12-02T15:27:00Z")));
    }

    private ImportJob run() throws Exception {
        try (var content = Files.newInputStream(FILE)) {
            long id = imports.take(ImportKind.TRANSACTIONS, new MockMultipartFile("file", "online-retail.csv.gz", "application/gzip", content), Map.of(), null);
            Api.await("the import ends", Duration.ofMinutes(1), () -> !jobs.require(id).status().open());
            return jobs.require(id);
        }
    }
}
