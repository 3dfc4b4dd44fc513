package dev.drover.trigger;

import dev.drover.kernel.Page;
import dev.drover.kernel.Problem;
import java.security.Principal;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Triggers for programs. */
@RestController
@RequestMapping("/api/v1/triggers")
class TriggerApi {

    /** @param held {@code fire} or {@code drop} */
    record Lift(@Nullable String held) {}

    private final Triggers triggers;
    private final TriggerDefinitions definitions;
    private final Executions executions;
    private final ExecutionList log;
    private final Storms storms;
    private final TriggerTrial trial;

    TriggerApi(Triggers triggers, TriggerDefinitions definitions, Executions executions, ExecutionList log, Storms storms, TriggerTrial trial) {
        this.triggers = triggers;
        this.definitions = definitions;
        this.executions = executions;
        this.log = log;
        this.storms = storms;
        this.trial = trial;
    }

    @GetMapping
    Page<TriggerView> list(@RequestParam @Nullable String after, @RequestParam @Nullable Integer limit) {
        int most = Page.limit(limit, 100);
        var page = Page.of(triggers.list(Page.key(after), most + 1), most, Trigger::key);
        return new Page<>(page.items().stream().map(this::shown).toList(), page.next());
    }

    @GetMapping("/{key}")
    TriggerView one(@PathVariable String key) {
        return shown(triggers.require(key));
    }

    /** A webhook's secret is told in this answer and never again. */
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    TriggerView create(@RequestBody TriggerInput input, @Nullable Principal who) {
        var made = definitions.create(input, who == null ? "api" : who.getName());
        return TriggerView.of(made, 0, secretFor(made));
    }

    private @Nullable String secretFor(Trigger trigger) {
        return trigger.definition().action().kind() == Action.Kind.WEBHOOK && !triggers.hasSecret(trigger.id()) ? definitions.newSecret(trigger.key()) : null;
    }

    /** The trigger as a whole; what isn't said is as if it had never been. */
    @PutMapping("/{key}")
    TriggerView change(@PathVariable String key, @RequestBody TriggerInput input) {
        if (input.key() != null && !input.key().equals(key)) {
            throw Problem.invalid("key", "The key can't be changed: make a new trigger.");
        }
        triggers.require(key);
        var changed = definitions.change(input.withKey(key));
        return TriggerView.of(changed, executions.held(changed.id()), secretFor(changed));
    }

    @DeleteMapping("/{key}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable String key) {
        definitions.delete(key);
    }

    @GetMapping("/{key}/executions")
    Page<ExecutionView> executions(@PathVariable String key, @RequestParam @Nullable String status, @RequestParam @Nullable String customer, @RequestParam @Nullable Instant since,
            @RequestParam @Nullable String after, @RequestParam @Nullable Integer limit) {
        var page = log.of(triggers.require(key), new ExecutionList.Filter(status, customer, since), after, Page.limit(limit, 100));
        return new Page<>(page.items().stream().map(execution -> ExecutionView.of(execution, key)).toList(), page.next());
    }

    /** What would happen; nothing does. */
    @PostMapping("/{key}/test")
    TriggerTrial.Tried test(@PathVariable String key, @RequestBody(required = false) TriggerTrial.@Nullable Asked asked) {
        return trial.of(triggers.require(key).definition(), asked == null ? TriggerTrial.Asked.NOTHING : asked, triggers.find(key).orElse(null));
    }

    /** Ends a storm. @return how many were held */
    @PostMapping("/{key}/storm")
    Map<String, Object> lift(@PathVariable String key, @RequestBody Lift lift) {
        if (!"fire".equals(lift.held()) && !"drop".equals(lift.held())) {
            throw Problem.invalid("held", "held says what becomes of what was held: fire or drop.");
        }
        return Map.of("held", storms.lift(triggers.require(key), "fire".equals(lift.held())));
    }

    /** A new secret for its webhook; the old one signs nothing any more. */
    @PostMapping("/{key}/secret")
    Map<String, Object> secret(@PathVariable String key) {
        return Map.of("webhookSecret", definitions.newSecret(key));
    }

    private TriggerView shown(Trigger trigger) {
        return TriggerView.of(trigger, executions.held(trigger.id()), null);
    }
}
