package dev.drover.cart;

import dev.drover.kernel.Page;
import dev.drover.kernel.Problem;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Recovery sequences for programs. */
@RestController
@RequestMapping("/api/v1/cart-sequences")
class SequenceApi {

    /** @param running recoveries that go by it now, with the steps it had when they began */
    record SequenceView(String key, String name, boolean active, boolean isDefault, List<RecoverySequence.Step> steps, RecoverySequence.@Nullable Offer discount,
            @Nullable BigDecimal leastValue, boolean excludeSubscriptions, int version, long running) {}

    private final SequenceDesk desk;

    SequenceApi(SequenceDesk desk) {
        this.desk = desk;
    }

    @GetMapping
    Page<SequenceView> list() {
        var running = desk.running();
        return new Page<>(desk.all().stream().map(sequence -> view(sequence, running.getOrDefault(sequence.key(), 0L))).toList(), null);
    }

    @GetMapping("/{key}")
    SequenceView one(@PathVariable String key) {
        return shown(desk.require(key));
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    SequenceView create(@RequestBody SequenceInput input) {
        return shown(desk.create(input));
    }

    /** The sequence as a whole; what isn't said is as if it had never been. */
    @PutMapping("/{key}")
    SequenceView change(@PathVariable String key, @RequestBody SequenceInput input) {
        if (input.key() != null && !input.key().equals(key)) {
            throw Problem.invalid("key", "The key can't be changed: make a new sequence.");
        }
        return shown(desk.change(input.withKey(key)));
    }

    @PostMapping("/{key}/default")
    SequenceView makeDefault(@PathVariable String key) {
        desk.makeDefault(key);
        return shown(desk.require(key));
    }

    @DeleteMapping("/{key}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable String key) {
        desk.delete(key);
    }

    private SequenceView shown(RecoverySequence sequence) {
        return view(sequence, desk.running().getOrDefault(sequence.key(), 0L));
    }

    private static SequenceView view(RecoverySequence one, long running) {
        return new SequenceView(one.key(), one.name(), one.active(), one.standard(), one.steps(), one.discount(), one.leastValue(), one.excludeSubscriptions(), one.version(), running);
    }
}
