package io.fabricmirror.testkit.internal.fabric;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabricmirror.testkit.internal.http.Answer;
import io.fabricmirror.testkit.internal.http.Refusal;
import io.fabricmirror.testkit.internal.json.Json;
import java.util.List;
import java.util.UUID;

/** Errors in Fabric's flat envelope. */
final class FabricErrors {
    private FabricErrors() {}

    static Refusal refuse(int status, String code, String message) {
        return refuse(status, code, message, List.of());
    }

    static Refusal refuse(int status, String code, String message, List<ObjectNode> details) {
        return new Refusal(answer(status, code, message, details));
    }

    static Answer answer(int status, String code, String message, List<ObjectNode> details) {
        String requestId = UUID.randomUUID().toString();
        ObjectNode body = Json.object("requestId", requestId, "errorCode", code);
        if (!details.isEmpty()) {
            body.set("moreDetails", Json.array(details));
        }
        body.put("message", message);
        return Answer.json(status, body).with("RequestId", requestId).with("x-ms-public-api-error-code", code);
    }

    static Refusal invalidInput(String message) {
        return refuse(
                400,
                "InvalidInput",
                "The request has an invalid input",
                List.of(Json.object("errorCode", "InvalidParameter", "message", message)));
    }

    static Refusal insufficientRole() {
        return refuse(
                403,
                "InsufficientWorkspaceRole",
                "The user doesn't have sufficient workspace role to do this operation");
    }

    /** What the service says when it has no better word; its list of details is there and empty. */
    static Refusal unknownError() {
        Answer answer =
                answer(400, "UnknownError", "An unexpected error occurred while processing the request", List.of());
        ObjectNode body = (ObjectNode) Json.read(answer.body()).orElseThrow();
        body.putArray("moreDetails");
        return new Refusal(new Answer(answer.status(), answer.headers(), body.toString()));
    }

    static Refusal entityNotFound() {
        return refuse(404, "EntityNotFound", "The requested resource could not be found");
    }

    static Refusal itemNotFound() {
        return refuse(404, "ItemNotFound", "The requested item was not found");
    }

    static ObjectNode related(String id, String type) {
        return Json.object("resourceId", id, "resourceType", type);
    }

    /** An error inside another answer, for instance in a status. */
    static ObjectNode embedded(String code, String message) {
        return Json.object("errorCode", code, "message", message);
    }
}
