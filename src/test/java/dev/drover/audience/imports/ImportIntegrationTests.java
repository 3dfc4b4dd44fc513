package dev.drover.audience.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.audience.Customers;
import dev.drover.audience.OrderTotals;
import dev.drover.audience.Products;
import dev.drover.eventlog.Event;
import dev.drover.eventlog.EventLog;
import dev.drover.kernel.Problem;
import dev.drover.testing.Api;
import dev.drover.testing.IntegrationTest;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockMultipartFile;

@IntegrationTest
class ImportIntegrationTests {

    private static final String HEADER = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID\n";

    @Autowired
    Imports imports;

    @Autowired
    ImportJobs jobs;

    @Autowired
    ImportRunner runner;

    @Autowired
    Rejects rejects;

    @Autowired
    Customers customers;

    @Autowired
    Products products;

    @Autowired
    OrderTotals totals;

    @Autowired
    EventLog eventLog;

    @Autowired
    JdbcClient jdbc;

    private final String test = "i" + UUID.randomUUID().toString().substring(0, 8);

    @Test
    void keepsARowThatCannotBeTakenWithEveryReason() throws Exception {
        var job = take(ImportKind.TRANSACTIONS, HEADER
                + test + "-1,milk,Milk,2,2010-12-01T08:26,1.50," + test + "\n"
                + test + "-2,milk,Milk,-2,2010-12-01T08:26,1.50," + test + "\n"
                + test + "-3,milk,Milk,1,9999-12-01T08:26,1.50," + test + "\n"
                + test + "-4,milk,Milk,many,yesterday,1.50," + test + "\n"
                + test + "-5,milk,Milk,1,2010-12-01T08:26\n"
                + ",milk,Milk,1,2010-12-01T08:26,1.50,=1+1\n");
        assertThat(job).extracting(ImportJob::rows, ImportJob::accepted, ImportJob::rejected).containsExactly(6L, 1L, 5L);
        var reasons = rejects.first(job.id(), 10).stream().collect(Collectors.toMap(Rejects.Reject::line, Rejects.Reject::reason));
        assertThat(reasons.get(3L)).contains("negative").contains("no cancellation");
        assertThat(reasons.get(4L)).contains("9999");
        assertThat(reasons.get(5L)).contains("'many' is no number").contains("'yesterday' is no date");
        assertThat(reasons.get(6L)).contains("5 cells").contains("7");
        assertThat(reasons.get(7L)).contains("orderId is missing");
        var csv = new StringWriter();
        rejects.write(job, new PrintWriter(csv));
        assertThat(csv.toString()).startsWith("line,reason,InvoiceNo").contains("'=1+1").hasLineCount(6);
    }

    @Test
    void makesOneOrderOfLinesThatStandApart() throws Exception {
        take(ImportKind.TRANSACTIONS, HEADER
                + test + "-1,milk,Milk,2,2010-12-01T08:26,1.50,\n"
                + test + "-2,milk,Milk,1,2010-12-01T09:26,1.00," + test + "\n"
                + test + "-1,cheese,Cheese,1,2010-12-01T08:26,7.25," + test + "\n"
                + "C" + test + ",milk,Milk,-1,2010-12-02T08:26,1.00," + test + "\n");
        var bought = totals.of(customers.require(test).id());
        assertThat(bought.count()).isEqualTo(2);
        assertThat(bought.revenue()).isEqualByComparingTo("10.25");
        assertThat(jdbc.sql("SELECT count(*) FROM order_line l JOIN customer_order o ON o.id = l.order_id WHERE o.external_id = ?").param(test + "-1")
                .query(Long.class).single()).isEqualTo(2);
        assertThat(eventLog.byId("order.placed:" + test + "-1")).get().extracting(Event::origin).isEqualTo(Event.Origin.IMPORT);
        assertThat(eventLog.byId("order.cancelled:C" + test)).isPresent();
    }

    @Test
    void refusesALineOfAnotherCustomersOrder() throws Exception {
        var job = take(ImportKind.TRANSACTIONS, HEADER
                + test + "-1,milk,Milk,2,2010-12-01T08:26,1.50," + test + "\n"
                + test + "-1,milk,Milk,2,2010-12-01T08:26,1.50,someone-else\n");
        assertThat(job).extracting(ImportJob::accepted, ImportJob::rejected).containsExactly(1L, 1L);
        assertThat(rejects.first(job.id(), 1).getFirst().reason()).contains("belongs to customer '" + test + "'");
    }

    @Test
    void goesOnWhereItWasInterruptedAndDoublesNothing() throws Exception {
        String rows = IntStream.range(0, 5_000).mapToObj(n -> "%s-%d,milk,Milk,1,2010-12-01T08:26,1.50,%s".formatted(test, n, test)).collect(Collectors.joining("\n"));
        long id = preview(ImportKind.TRANSACTIONS, HEADER + rows);
        // As the loop would: the job is ours, and this "process" ends after so many steps, in the reading and in the writing.
        jdbc.sql("UPDATE import_job SET status = 'running', lease_until = clock_timestamp() + interval '1 hour' WHERE id = ?").param(id).update();
        for (int steps : new int[] {1, 0, 4, 2}) {
            var left = new AtomicInteger(steps);
            runner.run(id, () -> left.getAndDecrement() > 0);
            assertThat(jobs.require(id).status()).isEqualTo(ImportJob.Status.RUNNING);
        }
        var between = jobs.require(id);
        assertThat(between.rows()).isEqualTo(5_000);
        assertThat(between.ordersDone()).isBetween(1L, 4_999L);
        runner.run(id, () -> true);
        assertThat(jobs.require(id)).extracting(ImportJob::status, ImportJob::accepted, ImportJob::rejected)
                .containsExactly(ImportJob.Status.COMPLETED, 5_000L, 0L);
        assertThat(totals.of(customers.require(test).id()).revenue()).isEqualByComparingTo("7500.00");
        assertThat(jdbc.sql("SELECT (SELECT count(*) FROM import_part WHERE import_id = :id) + (SELECT count(*) FROM import_line WHERE import_id = :id)")
                .param("id", id).query(Long.class).single()).as("nothing is left lying about").isZero();
    }

    @Test
    void isTakenOnceWhenTwoInstancesBelieveItTheirs() throws Exception {
        String rows = IntStream.range(0, 6_000).mapToObj(n -> test + "-" + n + ",u" + n + "@example.org").collect(Collectors.joining("\n"));
        long id = preview(ImportKind.CUSTOMERS, "id,email\n" + rows);
        jdbc.sql("UPDATE import_job SET status = 'running', lease_until = clock_timestamp() + interval '1 hour' WHERE id = ?").param(id).update();
        var threads = IntStream.range(0, 2).mapToObj(n -> Thread.ofVirtual().start(() -> {
            try {
                runner.run(id, () -> true);
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        })).toList();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(jobs.require(id)).extracting(ImportJob::rows, ImportJob::accepted).containsExactly(6_000L, 6_000L);
    }

    @Test
    void takesCustomersWithConsentAndAttributes() throws Exception {
        long id = imports.take(ImportKind.CUSTOMERS, file("id,E-Mail,first name,City,Newsletter\n" + test + ",Sam@Example.org,Sam,Utrecht,yes\n" + test + "-2,not an address,,,\n"),
                Map.of("attributes.city", "City"), null);
        var job = ended(id);
        assertThat(job).extracting(ImportJob::accepted, ImportJob::rejected).containsExactly(1L, 1L);
        var customer = customers.require(test);
        assertThat(customer.email()).isEqualTo("sam@example.org");
        assertThat(customer.attributes()).containsEntry("city", "Utrecht");
        assertThat(eventLog.byId("customer.created:" + test)).get().extracting(Event::origin).isEqualTo(Event.Origin.IMPORT);
    }

    @Test
    void takesProductsAndEvents() throws Exception {
        var job = take(ImportKind.PRODUCTS, "sku;title;price\n" + test + ";Käse;\"7,25\"\n" + test + "-2;Quark;free\n");
        assertThat(job).extracting(ImportJob::accepted, ImportJob::rejected).containsExactly(1L, 1L);
        assertThat(products.byExternalId(test)).get().satisfies(product -> assertThat(product.price()).isEqualByComparingTo("7.25"));
        take(ImportKind.CUSTOMERS, "id\n" + test + "\n");
        var events = take(ImportKind.EVENTS, "eventId,name,customerId,occurredAt,properties\n"
                + test + "-e1,product.viewed," + test + ",2020-01-01T00:00Z,\"{\"\"productId\"\": \"\"milk\"\"}\"\n"
                + test + "-e2,product.viewed,nobody-" + test + ",2020-01-01T00:00Z,\"{\"\"productId\"\": \"\"milk\"\"}\"\n"
                + test + "-e3,product.viewed," + test + ",2020-01-01T00:00Z,{broken\n");
        assertThat(events).extracting(ImportJob::accepted, ImportJob::rejected).containsExactly(1L, 2L);
        assertThat(eventLog.byId(test + "-e1")).get().satisfies(event -> {
            assertThat(event.text("productId")).isEqualTo("milk");
            assertThat(event.origin()).isEqualTo(Event.Origin.IMPORT);
        });
    }

    @Test
    void refusesAFileWithoutAHeaderAndKeepsNothingOfIt() {
        long before = jdbc.sql("SELECT count(*) FROM import_job").query(Long.class).single();
        assertThatThrownBy(() -> imports.take(ImportKind.TRANSACTIONS, file(test + ",milk,Milk,2,2010-12-01T08:26,1.50," + test + "\n"), Map.of(), null))
                .isInstanceOf(Problem.class).hasMessageContaining("header");
        assertThatThrownBy(() -> imports.take(ImportKind.TRANSACTIONS, file(HEADER + test + ",milk,Milk,2,5/12/2010,1.50," + test + "\n"), Map.of(), null))
                .isInstanceOf(Problem.class).hasMessageContaining("two ways");
        assertThat(jdbc.sql("SELECT count(*) FROM import_job").query(Long.class).single()).isEqualTo(before);
    }

    private ImportJob take(ImportKind kind, String content) throws Exception {
        return ended(imports.take(kind, file(content), Map.of(), null));
    }

    private ImportJob ended(long id) {
        Api.await("the import ends", Duration.ofSeconds(30), () -> !jobs.require(id).status().open());
        assertThat(jobs.require(id).status()).isEqualTo(ImportJob.Status.COMPLETED);
        return jobs.require(id);
    }

    private long preview(ImportKind kind, String content) throws Exception {
        return imports.preview(kind, file(content));
    }

    private static MockMultipartFile file(String content) {
        return new MockMultipartFile("file", "C:\\fakepath\\shop.csv", "text/csv", content.getBytes(StandardCharsets.UTF_8));
    }
}
