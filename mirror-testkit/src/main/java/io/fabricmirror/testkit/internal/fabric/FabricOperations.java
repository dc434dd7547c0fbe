package io.fabricmirror.testkit.internal.fabric;

import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabricmirror.spi.Pacer;
import io.fabricmirror.testkit.internal.http.Answer;
import io.fabricmirror.testkit.internal.http.Asked;
import io.fabricmirror.testkit.internal.http.Routes;
import io.fabricmirror.testkit.internal.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Long running operations as recorded: named by another host, with times that bear no zone. */
final class FabricOperations {
    private static final String CLUSTER = "https://wabi-west-europe-redirect.analysis.windows.net";
    private static final DateTimeFormatter WITHOUT_ZONE = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSS");
    // As recorded: still Running after 2 seconds, Succeeded after 3.
    private static final Duration LAG = Duration.ofMillis(2500);

    private final Pacer time;
    private final Map<String, Started> operations = new ConcurrentHashMap<>();

    private record Started(Instant created, Instant readyAt, Optional<ObjectNode> result) {}

    FabricOperations(Pacer time) {
        this.time = time;
    }

    void addTo(Routes routes) {
        routes.add("GET", "/v1/operations/{operationId}", "LongRunningOperations_GetOperationState", this::state);
        routes.add(
                "GET", "/v1/operations/{operationId}/result", "LongRunningOperations_GetOperationResult", this::result);
    }

    /** Accepts a call whose outcome is known already but told later. */
    Answer accept(Optional<ObjectNode> result, int retryAfterSeconds) {
        String id = UUID.randomUUID().toString();
        operations.put(id, new Started(time.now(), time.now().plus(LAG), result));
        return Answer.json(202, NullNode.getInstance())
                .with("Location", location(id))
                .with("x-ms-operation-id", id)
                .with("Retry-After", Integer.toString(retryAfterSeconds));
    }

    private static String location(String id) {
        return CLUSTER + "/v1/operations/" + id;
    }

    private Answer state(Asked asked) {
        String id = asked.variable("operationId");
        Started started = find(id);
        boolean done = !time.now().isBefore(started.readyAt());
        ObjectNode body = Json.object(
                "status",
                done ? "Succeeded" : "Running",
                "createdTimeUtc",
                withoutZone(started.created()),
                "lastUpdatedTimeUtc",
                withoutZone(done ? started.readyAt() : started.created()),
                "percentComplete",
                done ? 100 : null,
                "error",
                null);
        Answer answer = Answer.json(200, body);
        if (!done) {
            return answer.with("Location", location(id))
                    .with("x-ms-operation-id", id)
                    .with("Retry-After", "5");
        }
        return started.result().isPresent()
                ? answer.with("Location", location(id) + "/result").with("x-ms-operation-id", id)
                : answer;
    }

    private Answer result(Asked asked) {
        Started started = find(asked.variable("operationId"));
        if (time.now().isBefore(started.readyAt())) {
            throw FabricErrors.refuse(400, "OperationNotSucceeded", "The operation has not succeeded yet");
        }

        return started.result()
                .map(result -> Answer.json(200, result))
                .orElseThrow(() -> FabricErrors.refuse(400, "OperationHasNoResult", "The operation has no result"));
    }

    private Started find(String id) {
        return Optional.ofNullable(operations.get(id))
                .orElseThrow(
                        () -> FabricErrors.refuse(404, "OperationNotFound", "The requested operation was not found"));
    }

    private static String withoutZone(Instant instant) {
        return WITHOUT_ZONE.format(LocalDateTime.ofInstant(instant, ZoneOffset.UTC));
    }
}
