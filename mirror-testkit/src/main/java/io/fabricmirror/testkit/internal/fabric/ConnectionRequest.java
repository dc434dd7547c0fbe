package io.fabricmirror.testkit.internal.fabric;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabricmirror.testkit.internal.http.Refusal;
import io.fabricmirror.testkit.internal.json.Json;
import io.fabricmirror.testkit.internal.mirror.SourceLogin.Credentials;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Reads and refuses what callers send to make or change a connection. */
final class ConnectionRequest {
    private static final Set<String> PRIVACY = Set.of("None", "Private", "Organizational", "Public");
    private static final Set<String> ENCRYPTION = Set.of("Encrypted", "Any", "NotEncrypted");
    private static final int LONGEST_NAME = 200;

    private final JsonNode body;

    ConnectionRequest(JsonNode body) {
        this.body = body;
    }

    String connectivityType() {
        return Json.text(body, "connectivityType")
                .orElseThrow(() -> FabricErrors.invalidInput("The connectivityType field is required"));
    }

    String displayName() {
        return checkedName(Json.text(body, "displayName").orElse(""));
    }

    Optional<String> newName() {
        return Json.text(body, "displayName").map(ConnectionRequest::checkedName);
    }

    private static String checkedName(String name) {
        if (name.isBlank() || name.length() > LONGEST_NAME) {
            throw FabricErrors.invalidInput("The displayName must have 1 to " + LONGEST_NAME + " characters");
        }
        return name;
    }

    Optional<String> privacyLevel() {
        Optional<String> level = Json.text(body, "privacyLevel");
        if (level.isPresent() && !PRIVACY.contains(level.get())) {
            throw FabricErrors.refuse(400, "UnsupportedPrivacyLevelInput", "The PrivacyLevel input is not supported");
        }
        return level;
    }

    /** Returns the type, after checking method and parameters against what the service lists. */
    ConnectionTypes.Type type() {
        ConnectionTypes.Type type = Json.text(body, "connectionDetails", "type")
                .flatMap(ConnectionTypes::find)
                .filter(ConnectionTypes.Type::isPostgres)
                .orElseThrow(() -> invalidDetails("The connection type is not supported"));
        if (!Json.text(body, "connectionDetails", "creationMethod").equals(Optional.of(type.method()))) {
            throw invalidDetails("The creation method is not supported for the connection type");
        }

        Map<String, String> parameters = parameters();
        if (!parameters.keySet().equals(Set.of("server", "database"))) {
            throw invalidDetails("The parameters of " + type.method() + " are server and database");
        }
        return type;
    }

    /** Returns the parameters by name. */
    Map<String, String> parameters() {
        Map<String, String> parameters = new TreeMap<>();
        for (JsonNode parameter : body.path("connectionDetails").path("parameters")) {
            if (!parameter.path("dataType").asText().equals("Text")) {
                throw invalidDetails("The dataType of each parameter is Text");
            }
            parameters.put(
                    parameter.path("name").asText(), parameter.path("value").asText());
        }
        return parameters;
    }

    boolean hasCredentials() {
        return body.path("credentialDetails").has("credentials");
    }

    /** Returns the encryption; a connection is not encrypted unless the caller asks for it. */
    String encryption(String otherwise) {
        String encryption =
                Json.text(body, "credentialDetails", "connectionEncryption").orElse(otherwise);
        if (!ENCRYPTION.contains(encryption)) {
            throw FabricErrors.refuse(
                    400, "UnsupportedConnectionEncryptionInput", "The ConnectionEncryption input is not supported");
        }
        return encryption;
    }

    boolean skipsTest() {
        return body.path("credentialDetails").path("skipTestConnection").asBoolean(false);
    }

    /** Returns name and password. Unknown keys are dropped in silence, so a misspelt password is an empty one. */
    Credentials credentials() {
        JsonNode details = body.path("credentialDetails");
        if (!details.path("singleSignOnType").asText("None").equals("None")) {
            throw FabricErrors.refuse(
                    400, "UnsupportedSingleSignOnTypeInput", "The SingleSignOnType input is not supported");
        }

        JsonNode credentials = details.path("credentials");
        String type = credentials.path("credentialType").asText("");
        if (type.equals("OAuth2")) {
            throw FabricErrors.invalidInput("The CredentialType input is not supported for this API");
        }
        if (!type.equals("Basic")) {
            throw FabricErrors.refuse(
                    400, "UnsupportedCredentialTypeInput", "The CredentialType input is not supported");
        }
        if (credentials.has("password") && credentials.has("passwordReference")) {
            throw FabricErrors.refuse(
                    400, "InvalidCredentialDetails", "Use password or passwordReference, not both at the same time");
        }
        if (credentials.has("passwordReference")) {
            throw FabricErrors.refuse(
                    400, "InvalidCredentialDetails", "Key Vault references are not supported for this connection type");
        }

        String user = Json.text(credentials, "username")
                .orElseThrow(() -> FabricErrors.refuse(
                        400, "InvalidCredentialDetails", "The CredentialDetails input provided is not valid"));
        return new Credentials(user, Json.text(credentials, "password").orElse(""));
    }

    private static Refusal invalidDetails(String why) {
        return FabricErrors.refuse(
                400,
                "InvalidConnectionDetails",
                "The ConnectionDetails input provided is not valid",
                List.of(Json.object("errorCode", "InvalidParameter", "message", why)));
    }
}
