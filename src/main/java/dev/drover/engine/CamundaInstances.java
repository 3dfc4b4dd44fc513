package dev.drover.engine;

import static dev.drover.engine.EngineProblems.absorb;

import dev.drover.engine.Commands.Repeat;
import dev.drover.kernel.Json;
import io.camunda.client.CamundaClient;
import io.camunda.client.api.command.FinalCommandStep;
import io.camunda.client.api.command.MigrationPlan;
import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

@Component
class CamundaInstances implements EngineInstances {

    /** The engine looks for jobs whose time is over about every second. */
    private static final Duration AT_ONCE = Duration.ofMillis(1);

    private final CamundaClient client;
    private final Commands commands;

    CamundaInstances(CamundaClient client, Commands commands) {
        this.client = client;
        this.commands = commands;
    }

    @Override
    public CompletableFuture<Void> cancel(long instanceKey) {
        return send(() -> client.newCancelInstanceCommand(instanceKey), Status.Code.NOT_FOUND);
    }

    @Override
    public CompletableFuture<Void> migrate(long instanceKey, long definitionKey, Map<String, String> mapping) {
        var instructions = List.copyOf(mapping.entrySet());
        return send(() -> {
            var mapped = MigrationPlan.newBuilder().withTargetProcessDefinitionKey(definitionKey).addMappingInstruction(instructions.getFirst().getKey(), instructions.getFirst().getValue());
            for (var instruction : instructions.subList(1, instructions.size())) {
                mapped = mapped.addMappingInstruction(instruction.getKey(), instruction.getValue());
            }
            return client.newMigrateProcessInstanceCommand(instanceKey).migrationPlan(mapped.build());
        });
    }

    @Override
    public CompletableFuture<Void> move(long instanceKey, long stepKey, String elementId, Map<String, Object> variables) {
        String body = Json.write(variables);
        return send(() -> {
            var entered = client.newModifyProcessInstanceCommand(instanceKey).activateElement(elementId);
            return (variables.isEmpty() ? entered : entered.withVariables(body)).and().terminateElement(stepKey);
        });
    }

    @Override
    public CompletableFuture<Void> retry(long incidentKey, long jobKey) {
        CompletableFuture<Void> job = jobKey <= 0 ? CompletableFuture.completedFuture(null)
                : send(() -> client.newUpdateRetriesCommand(jobKey).retries(1), Status.Code.NOT_FOUND);
        return job.thenCompose(done -> send(() -> client.newResolveIncidentCommand(incidentKey), Status.Code.NOT_FOUND));
    }

    @Override
    public CompletableFuture<Void> hold(long jobKey, Duration time) {
        return send(() -> client.newUpdateTimeoutCommand(jobKey).timeout(time), Status.Code.NOT_FOUND, Status.Code.FAILED_PRECONDITION);
    }

    @Override
    public CompletableFuture<Void> giveBack(long jobKey) {
        return hold(jobKey, AT_ONCE);
    }

    private <T> CompletableFuture<Void> send(Supplier<? extends FinalCommandStep<T>> command, Status.Code... harmless) {
        return commands.<T>send(command, Repeat.SAFE).handle((done, error) -> absorb(error, harmless));
    }
}
