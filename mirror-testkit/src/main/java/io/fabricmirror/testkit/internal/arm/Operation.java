package io.fabricmirror.testkit.internal.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabricmirror.testkit.internal.json.Json;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * A long operation: done when its real work is done and its time has passed.
 *
 * @param id the operation's id
 * @param started when it was asked for
 * @param readyAt before when it never ends
 * @param work the real work
 * @param result what it gives, if anything
 */
record Operation(
        String id,
        Instant started,
        Instant readyAt,
        CompletableFuture<Void> work,
        Supplier<Optional<ObjectNode>> result) {

    boolean done(Instant now) {
        return work.isDone() && !now.isBefore(readyAt);
    }

    boolean working() {
        return !work.isDone();
    }

    ObjectNode state(Instant now) {
        if (!done(now)) {
            return Json.object("name", id, "status", "InProgress", "startTime", started.toString());
        }

        Optional<String> failure = failure();
        ObjectNode state = Json.object(
                "name",
                id,
                "status",
                failure.isPresent() ? "Failed" : "Succeeded",
                "startTime",
                started.toString(),
                "endTime",
                readyAt.toString());
        failure.ifPresent(message -> state.setAll(ArmErrors.error("InternalServerError", message)));
        return state;
    }

    private Optional<String> failure() {
        return work.handle((nothing, failed) ->
                        Optional.ofNullable(failed).map(cause -> "An unexpected error occurred: " + cause.getMessage()))
                .join();
    }
}
