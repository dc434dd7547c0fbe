package io.fabricmirror.testkit.internal.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabricmirror.testkit.internal.http.Answer;
import io.fabricmirror.testkit.internal.http.Refusal;
import io.fabricmirror.testkit.internal.json.Json;

/** Errors in ARM's envelope. */
final class ArmErrors {
    private ArmErrors() {}

    static ObjectNode error(String code, String message) {
        return Json.object("error", Json.object("code", code, "message", message));
    }

    static Refusal refuse(int status, String code, String message) {
        return new Refusal(Answer.json(status, error(code, message)));
    }

    static Refusal serverIsBusy(String server) {
        return refuse(
                409,
                "ServerIsBusy",
                "Cannot complete operation while server '" + server
                        + "' is busy processing another operation. Try again later.");
    }

    static Refusal serverNotFound(String group, String server) {
        return refuse(
                404,
                "ResourceNotFound",
                "The Resource 'Microsoft.DBforPostgreSQL/flexibleServers/" + server + "' under resource group '" + group
                        + "' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix");
    }

    static Refusal childNotFound(String type, String name) {
        return refuse(
                404,
                "ResourceNotFound",
                "The requested resource of type 'Microsoft.DBforPostgreSQL/flexibleServers/" + type + "' with name '"
                        + name + "' was not found.");
    }
}
