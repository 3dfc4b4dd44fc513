package dev.drover.worker;

import dev.drover.engine.Engine;
import dev.drover.engine.JobWorker;
import dev.drover.kernel.Json;
import dev.drover.kernel.PlatformClock;
import dev.drover.kernel.Problem;
import dev.drover.outgoing.Answer;
import dev.drover.outgoing.OutgoingRequests;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * {@code call-webhook}: posts JSON to a public address. Inputs {@code url}, {@code body?}; results {@code status}, {@code response}. Whoever isn't
 * there or asks for patience is called again; any other status is an answer that the journey may look at. A call that comes twice has the same
 * {@code Idempotency-Key}; where the operator has set a secret, each is signed.
 */
@Component
class CallWebhookWorker implements JobWorker {

    /** Beyond, an answer isn't kept: the engine holds what a journey decides by, not documents. */
    private static final int LONGEST_KEPT = 10_000;
    private static final String KEY = "Idempotency-Key";
    private static final Set<Integer> LATER = Set.of(408, 425, 429, 502, 503, 504);

    interface Post {

        Answer to(String url, byte[] body, Map<String, String> headers);
    }

    private final Post post;
    private final Engine engine;

    @Autowired
    CallWebhookWorker(OutgoingRequests requests, Engine engine, PlatformClock clock) {
        this((url, body, headers) -> {
            var all = new HashMap<>(headers);
            all.putAll(requests.signature(headers.get(KEY), clock.instant(), body));
            return requests.post(url, "application/json", body, all);
        }, engine);
    }

    CallWebhookWorker(Post post, Engine engine) {
        this.post = post;
        this.engine = engine;
    }

    @Override
    public String type() {
        return "call-webhook";
    }

    @Override
    public Map<String, Object> handle(Job job) {
        var inputs = new Inputs(job);
        String url = inputs.required("url");
        var answer = post.to(url, Json.write(body(job, inputs)).getBytes(StandardCharsets.UTF_8), Map.of(KEY, Inputs.key(engine, job)));
        if (LATER.contains(answer.status())) {
            throw Problem.unavailable("%s answered with status %d.".formatted(url, answer.status()));
        }
        var results = new HashMap<String, Object>();
        results.put("status", answer.status());
        results.put("response", kept(answer));
        return results;
    }

    private static Map<String, Object> body(Job job, Inputs inputs) {
        if (job.variables().get("body") != null) {
            return inputs.map("body");
        }
        var body = new LinkedHashMap<String, Object>();
        body.put("customerId", inputs.required("customerId"));
        body.put("journeyId", job.processId());
        body.put("step", job.elementId());
        body.put("event", inputs.map("event"));
        return body;
    }

    private static @Nullable Object kept(Answer answer) {
        String body = answer.body();
        if (answer.cut() || body.isBlank() || body.length() > LONGEST_KEPT) {
            return null;
        }
        try {
            return Json.read(body, Object.class);
        } catch (Problem noJson) {
            return body;
        }
    }
}
