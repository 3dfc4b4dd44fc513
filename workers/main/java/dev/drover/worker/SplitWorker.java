package dev.drover.worker;

import dev.drover.engine.JobWorker;
import dev.drover.kernel.Problem;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/**
 * {@code split}: the same customer always takes the same path of the same experiment. Inputs {@code shares}, weights by variant, and
 * {@code experiment?}, the journey and step by default; result {@code variant}.
 */
@Component
class SplitWorker implements JobWorker {

    @Override
    public String type() {
        return "split";
    }

    @Override
    public Map<String, Object> handle(Job job) {
        var inputs = new Inputs(job);
        String experiment = inputs.text("experiment", job.processId() + "/" + job.elementId());
        return Map.of("variant", choose(inputs.map("shares"), experiment, inputs.required("customerId")));
    }

    static String choose(Map<String, Object> shares, String experiment, String customer) {
        var weights = new TreeMap<String, Double>();
        shares.forEach((variant, weight) -> weights.put(variant, weight(weight)));
        double sum = weights.values().stream().mapToDouble(Double::doubleValue).sum();
        if (sum <= 0) {
            throw Problem.invalid("shares", "The shares of a split are weights, such as {A: 50, B: 50}.");
        }
        double point = fraction(experiment + "\n" + customer) * sum;
        for (var variant : weights.entrySet()) {
            point -= variant.getValue();
            if (point < 0) {
                return variant.getKey();
            }
        }
        return weights.lastKey();
    }

    private static double weight(Object weight) {
        try {
            double value = Double.parseDouble(String.valueOf(weight));
            if (value >= 0 && Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException notANumber) {
            // Told below, like a negative one.
        }
        throw Problem.invalid("shares", "'" + weight + "' is no share: use a number of 0 or more.");
    }

    /** Evenly spread over [0, 1). */
    private static double fraction(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return (ByteBuffer.wrap(hash).getLong() >>> 11) * 0x1.0p-53;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
