package dev.drover.audience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import dev.drover.eventlog.EventLog;
import dev.drover.kernel.Problem;
import dev.drover.testing.Api;
import dev.drover.testing.IntegrationTest;
import jakarta.servlet.ServletException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What clients get wrong, and what attackers try: told at its place, nothing half-done. */
@IntegrationTest
class BadInputIntegrationTests {

    private static final JsonMapper JSON = new JsonMapper();

    @LocalServerPort
    int port;

    @Autowired
    WebApplicationContext context;

    @Autowired
    Customers customers;

    @Autowired
    EventLog eventLog;

    private final String test = "b" + UUID.randomUUID().toString().substring(0, 8);
    private MockMvc api;

    @BeforeEach
    void open() throws Exception {
        api = MockMvcBuilders.webAppContextSetup(context).build();
        send("/api/v1/customers", "{\"externalId\": \"%s\"}".formatted(test));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /api/v1/customers | {}                                                          | externalId
            /api/v1/customers | {"externalId": " "}                                         | externalId
            /api/v1/customers | {"externalId": "ID", "email": "nobody"}                     | email
            /api/v1/customers | {"externalId": "ID", "phone": "0612"}                       | phone
            /api/v1/customers | {"externalId": "ID", "timeZone": "Mars/Olympus"}            | timeZone
            /api/v1/customers | {"externalId": "ID", "birthday": "9999-01-01"}              | birthday
            /api/v1/customers | {"externalId": "ID", "firstName": "a\\u0000b"}              | firstName
            /api/v1/customers | {"externalId": "ID", "firstName": "\\ud800"}                | firstName
            /api/v1/customers | {"externalId": "ID", "attributes": {"a": ["\\u0000"]}}      | attributes
            /api/v1/customers | {"externalId": "ID", "consent": {"email": true, "at": "9999-01-01T00:00:00Z"}} | consent.at
            /api/v1/products  | {"externalId": "ID", "name": "Milk", "price": -1}           | price
            /api/v1/products  | {"externalId": "ID", "name": "Milk", "price": 1e-999999999} | price
            /api/v1/products  | {"externalId": "ID", "name": "Milk", "price": 1, "url": "javascript:alert(1)"} | url
            /api/v1/products  | {"externalId": "ID", "name": "Milk", "price": 1, "currency": "euro"} | currency
            /api/v1/orders    | {"externalId": "ID", "customerId": "nobody-ID", "lines": [{"productId": "milk", "quantity": 1, "unitPrice": 1}]} | customerId
            /api/v1/orders    | {"externalId": "ID", "lines": [{"productId": "milk", "quantity": -1, "unitPrice": 1}]} | lines[0].quantity
            /api/v1/orders    | {"externalId": "ID", "lines": [{"productId": "milk", "quantity": 1e999999999, "unitPrice": 1}]} | lines[0].quantity
            /api/v1/orders    | {"externalId": "ID", "lines": [{"productId": "milk", "quantity": 1e-999999999, "unitPrice": 1}]} | lines[0].quantity
            /api/v1/orders    | {"externalId": "ID", "lines": [null]}                       | lines[0]
            /api/v1/orders    | {"externalId": "ID", "lines": []}                           | lines
            /api/v1/orders    | {"externalId": "ID", "placedAt": "9999-01-01T00:00:00Z", "lines": [{"productId": "milk", "quantity": 1, "unitPrice": 1}]} | placedAt
            /api/v1/orders    | {"externalId": "ID", "placedAt": "1969-12-31T23:59:59Z", "lines": [{"productId": "milk", "quantity": 1, "unitPrice": 1}]} | placedAt
            /api/v1/events    | {}                                                          | eventId
            /api/v1/events    | {"eventId": "ID", "name": "a b", "anonymousId": "x"}        | name
            /api/v1/events    | {"eventId": "ID", "name": "seen", "customerId": "nobody-ID"} | customerId
            /api/v1/events    | {"eventId": "ID", "name": "seen"}                           | customerId
            /api/v1/events    | {"eventId": "ID", "name": "seen", "anonymousId": "x", "occurredAt": "9999-01-01T00:00:00Z"} | occurredAt
            /api/v1/events    | {"eventId": "ID", "name": "cart.updated", "anonymousId": "x", "properties": {"items": []}} | properties.cartId
            /api/v1/events    | {"eventId": "ID", "name": "cart.updated", "anonymousId": "x", "properties": {"cartId": "c", "items": [{"productId": "p", "quantity": -2, "unitPrice": 1}]}} | properties.items[0].quantity
            /api/v1/events    | {"eventId": "ID", "name": "cart.updated", "anonymousId": "x", "properties": {"cartId": "c", "items": "milk"}} | properties.items
            /api/v1/events    | {"eventId": "ID", "name": "order.placed", "anonymousId": "x", "properties": {"orderId": "o", "total": "lots"}} | properties.total
            /api/v1/events    | {"events": [{"eventId": "ID", "name": "seen", "anonymousId": "x"}, {"eventId": "ID-2", "name": "seen"}]} | events[1].customerId
            /api/v1/events    | {"events": [null]}                                          | events[0]
            """)
    void namesTheFieldThatIsWrong(String path, String body, String field) throws Exception {
        assertThat(refusal(post(path).contentType("application/json").content(body.replace("ID", test + "x"))).errors())
                .extracting(Problem.FieldError::field).contains(field);
        assertThat(customers.byExternalId(test + "x")).isEmpty();
        assertThat(eventLog.byId(test + "x")).as("nothing of a request with a mistake is taken").isEmpty();
    }

    @Test
    void refusesListsOutOfBoundsAndForgedMarks() throws Exception {
        assertThat(refusal(get("/api/v1/customers").param("limit", "0")).errors().getFirst().field()).isEqualTo("limit");
        assertThat(refusal(get("/api/v1/customers").param("limit", "1001")).errors().getFirst().field()).isEqualTo("limit");
        for (String forged : List.of("!!!", "Zm9v")) {
            assertThat(refusal(get("/api/v1/customers").param("after", forged)).errors().getFirst().field()).isEqualTo("after");
            assertThat(refusal(get("/api/v1/customers/" + test + "/timeline").param("after", forged)).errors().getFirst().field()).isEqualTo("after");
            assertThat(refusal(get("/api/v1/imports").param("after", forged)).errors().getFirst().field()).isEqualTo("after");
        }
        assertThat(api.perform(get("/api/v1/customers").param("search", "a\0b")).andReturn().getResponse().getContentAsString()).contains("\"items\":[]");
        assertThat(refusal(get("/api/v1/customers/nobody-" + test)).kind()).isEqualTo(Problem.Kind.NOT_FOUND);
    }

    @Test
    void takesTheGoodLinesOfABatchAndTellsTheBadOnesByNumber() throws Exception {
        var answer = send("/api/v1/customers/batch", """
                {"externalId": "%1$s-1", "email": "one@example.org"}
                {"externalId": "%1$s-2", "email": }

                {"externalId": "%1$s-3", "email": "no address"}
                [1, 2]
                null
                {"externalId": "%1$s-4", "attributes": {"n": 1e400000}}
                {"externalId": "%1$s-5", "attributes": {"n": 1.5}}
                """.formatted(test));
        assertThat(answer.get("accepted").asInt()).isEqualTo(2);
        assertThat(answer.get("rejected").valueStream().map(one -> one.get("line").asInt())).containsExactly(2, 4, 5, 6, 7);
        assertThat(answer.get("rejected").get(0).get("message").asString()).contains("column");
        assertThat(customers.byExternalId(test + "-5")).isPresent();
    }

    @Test
    void refusesALineWithoutEndButTakesItsNeighbours() throws Exception {
        var answer = send("/api/v1/customers/batch",
                "{\"externalId\": \"%s-1\"}\n{\"externalId\": \"%s\"}\n{\"externalId\": \"%1$s-3\"}\n".formatted(test, "x".repeat(5_000_000)));
        assertThat(answer.get("accepted").asInt()).isEqualTo(2);
        assertThat(answer.get("rejected").get(0).get("message").asString()).contains("longer than");
    }

    @Test
    void takesNothingOfABatchThatIsTooLongOrNoText() throws Exception {
        String lines = IntStream.rangeClosed(0, 100_000).mapToObj(n -> "{\"externalId\":\"%s-%d\"}".formatted(test, n)).collect(Collectors.joining("\n"));
        assertThat(refusal(post("/api/v1/customers/batch").contentType("application/x-ndjson").content(lines))).hasMessageContaining("100,000");
        byte[] windows = "{\"externalId\": \"%s-0\"}\n{\"externalId\": \"%s-é\"}".formatted(test, test).getBytes(Charset.forName("windows-1252"));
        assertThat(refusal(post("/api/v1/customers/batch").contentType("application/x-ndjson").content(windows))).hasMessageContaining("UTF-8");
        assertThat(customers.byExternalId(test + "-0")).isEmpty();
    }

    @Test
    void countsARepeatedEventOnce() throws Exception {
        String event = "{\"eventId\": \"%1$s-e\", \"name\": \"seen\", \"customerId\": \"%1$s\"}".formatted(test);
        assertThat(send("/api/v1/events", "{\"events\": [%1$s, %1$s]}".formatted(event)).toString()).isEqualTo("{\"accepted\":1,\"duplicates\":1}");
        assertThat(send("/api/v1/events", event).toString()).isEqualTo("{\"accepted\":0,\"duplicates\":1}");
        String order = "{\"eventId\": \"%1$s-e\", \"name\": \"order.placed\", \"customerId\": \"%1$s\", \"properties\": {\"orderId\": \"%1$s\", \"total\": 5}}".formatted(test);
        assertThat(send("/api/v1/events", order).toString()).isEqualTo("{\"accepted\":0,\"duplicates\":1}");
        assertThat(send("/api/v1/customers/" + test).get("orders").get("count").asInt()).isZero();
    }

    @Test
    void answersClientsWithAProblemAndTheRightStatus() throws Exception {
        var client = new Api("http://127.0.0.1:" + port, "test-token");
        var malformed = client.send("POST", "/api/v1/customers", "application/json", "{\"externalId\": }");
        assertThat(malformed.statusCode()).isEqualTo(400);
        assertThat(malformed.headers().firstValue("Content-Type")).hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
        assertThat(malformed.body()).contains("line 1, column");
        assertThat(client.send("POST", "/api/v1/orders", "application/json", "{\"externalId\": \"x\", \"placedAt\": \"yesterday\"}").body())
                .contains("placedAt isn't a time with its zone, such as");
        assertThat(client.send("POST", "/api/v1/orders", "application/json", "{\"externalId\": \"x\", \"lines\": 5}").body()).contains("lines isn't a list");
        assertThat(client.send("POST", "/api/v1/customers", "application/json", "{\"externalId\": \"x\", \"birthday\": \"31-12-1999\", \"consent\": 1}").body())
                .contains("birthday isn't a day, such as");
        var unknown = client.send("POST", "/api/v1/events", "application/json", "{\"eventId\": \"%1$s\", \"name\": \"seen\", \"customerId\": \"nobody-%1$s\"}".formatted(test));
        assertThat(unknown.statusCode()).isEqualTo(422);
        assertThat(JSON.readTree(unknown.body()).get("errors").get(0).get("field").asString()).isEqualTo("customerId");
        assertThat(client.send("POST", "/api/v1/orders", "text/plain", "milk").statusCode()).isEqualTo(415);
        assertThat(client.send("POST", "/api/v1/imports", "multipart/form-data; boundary=x", "--x--\r\n").statusCode()).isBetween(400, 422);
        assertThat(client.send("GET", "/api/v1/imports/nothing", "application/json", "").statusCode()).isEqualTo(400);
        assertThat(new Api(client.base(), "no-such-token").send("GET", "/api/v1/customers", "application/json", "").statusCode()).isEqualTo(401);
    }

    private JsonNode send(String path, String body) throws Exception {
        var response = api.perform(post(path).contentType(path.endsWith("batch") ? "application/x-ndjson" : "application/json")
                .content(body.getBytes(StandardCharsets.UTF_8))).andReturn().getResponse();
        assertThat(response.getStatus()).as(response.getContentAsString()).isBetween(200, 299);
        return JSON.readTree(response.getContentAsString());
    }

    private JsonNode send(String path) throws Exception {
        return JSON.readTree(api.perform(get(path)).andReturn().getResponse().getContentAsString());
    }

    private Problem refusal(MockHttpServletRequestBuilder request) throws Exception {
        @Nullable Throwable thrown;
        try {
            thrown = api.perform(request).andReturn().getResolvedException();
        } catch (ServletException e) {
            thrown = e.getCause();
        }
        assertThat(thrown).isInstanceOf(Problem.class);
        return (Problem) thrown;
    }
}
