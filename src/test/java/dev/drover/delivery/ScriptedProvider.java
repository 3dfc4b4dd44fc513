package dev.drover.delivery;

import dev.drover.kernel.Channel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.springframework.stereotype.Component;

/** For push messages to devices named {@code script-…}: answers as told, and counts. Others go to the inbox as ever. */
@Component
class ScriptedProvider implements ChannelProvider {

    private final CaptureProvider capture;
    private final Map<String, Deque<Result>> scripts = new ConcurrentHashMap<>();
    private final Map<String, CountDownLatch> gates = new ConcurrentHashMap<>();
    private final Map<Long, Integer> handedOver = new ConcurrentHashMap<>();
    private final Map<Long, String> addresses = new ConcurrentHashMap<>();

    ScriptedProvider(CaptureProvider capture) {
        this.capture = capture;
    }

    /** After these it takes every message. */
    void script(String address, Result... results) {
        scripts.put(address, new ArrayDeque<>(List.of(results)));
    }

    /** Hand-overs to this address last until the gate opens. */
    CountDownLatch gate(String address) {
        var gate = new CountDownLatch(1);
        gates.put(address, gate);
        return gate;
    }

    int handedOver(long id) {
        return handedOver.getOrDefault(id, 0);
    }

    @Override
    public String name() {
        return "scripted";
    }

    @Override
    public Set<Channel> channels() {
        return Set.of(Channel.PUSH);
    }

    @Override
    public int preference() {
        return 5;
    }

    @Override
    public Result send(Outbound message) {
        if (!message.address().startsWith("script-")) {
            return capture.send(message);
        }
        handedOver.merge(message.id(), 1, Integer::sum);
        addresses.put(message.id(), message.address());
        var gate = gates.get(message.address());
        if (gate != null) {
            try {
                gate.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        var script = scripts.get(message.address());
        var result = script == null ? null : script.poll();
        return result == null ? new Result.Taken("scripted-" + message.id()) : result;
    }

    @Override
    public Optional<Boolean> has(long messageId) {
        return addresses.containsKey(messageId) ? Optional.empty() : capture.has(messageId);
    }
}
