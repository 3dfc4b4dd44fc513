package dev.drover.engine;

import static dev.drover.engine.EngineProblems.absorb;
import static dev.drover.engine.EngineProblems.problem;

import dev.drover.engine.Commands.Repeat;
import dev.drover.kernel.Json;
import io.camunda.client.CamundaClient;
import io.camunda.client.api.command.DeployResourceCommandStep1.DeployResourceCommandStep2;
import io.camunda.client.api.response.DeploymentEvent;
import io.camunda.client.api.response.ProcessInstanceEvent;
import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.springframework.stereotype.Component;

@Component
class CamundaEngine implements Engine {

    private final CamundaClient client;
    private final Commands commands;
    private final EngineConnection connection;
    private final EngineHealth health;

    CamundaEngine(CamundaClient client, Commands commands, EngineConnection connection, EngineHealth health) {
        this.client = client;
        this.commands = commands;
        this.connection = connection;
        this.health = health;
    }

    @Override
    public String identity() {
        return connection.identity();
    }

    @Override
    public boolean healthy() {
        return health.up();
    }

    @Override
    public List<Deployed> deploy(Map<String, byte[]> resources) {
        if (resources.isEmpty()) {
            return List.of();
        }
        try {
            return commands.<DeploymentEvent>send(() -> deployment(resources), Repeat.SAFE).join().getProcesses().stream()
                    .map(p -> new Deployed(p.getProcessDefinitionKey(), p.getBpmnProcessId(), p.getVersion(), p.getResourceName()))
                    .toList();
        } catch (CompletionException e) {
            throw problem(Commands.unwrap(e));
        }
    }

    private DeployResourceCommandStep2 deployment(Map<String, byte[]> resources) {
        var start = client.newDeployResourceCommand();
        DeployResourceCommandStep2 step = null;
        for (var resource : resources.entrySet()) {
            step = (step == null ? start : step).addResourceBytes(resource.getValue(), resource.getKey());
        }
        return step;
    }

    @Override
    public CompletableFuture<Void> publish(String name, String correlationKey, String messageId, Duration timeToLive, Map<String, Object> variables) {
        String body = Json.write(variables);
        return commands.send(() -> client.newPublishMessageCommand().messageName(name).correlationKey(correlationKey)
                        .messageId(messageId).timeToLive(timeToLive).variables(body), Repeat.SAFE)
                .handle((done, error) -> absorb(error, Status.Code.ALREADY_EXISTS));
    }

    @Override
    public CompletableFuture<Long> start(String processId, Map<String, Object> variables, List<String> startBefore) {
        String body = Json.write(variables);
        return commands.send(() -> {
            var command = client.newCreateInstanceCommand().bpmnProcessId(processId).latestVersion().variables(body);
            startBefore.forEach(command::startBeforeElement);
            return command;
        }, Repeat.ONLY_IF_REFUSED).handle((ProcessInstanceEvent instance, Throwable error) -> {
            if (error != null) {
                throw problem(Commands.unwrap(error));
            }
            return instance.getProcessInstanceKey();
        });
    }
}
