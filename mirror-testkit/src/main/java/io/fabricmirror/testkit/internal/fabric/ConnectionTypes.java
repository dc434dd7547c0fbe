package io.fabricmirror.testkit.internal.fabric;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabricmirror.testkit.internal.json.Json;
import java.util.List;
import java.util.Optional;

/** The connection types that matter here, as the service lists them. */
final class ConnectionTypes {
    static final List<Type> ALL = List.of(
            new Type("SQL", "Sql", false, List.of("Basic", "OAuth2", "ServicePrincipal")),
            new Type("PostgreSQL", "PostgreSql", true, List.of("Basic", "OAuth2")),
            new Type("AzurePostgreSQL", "AzurePostgreSQL.Database", true, List.of("Basic", "OAuth2")));

    private ConnectionTypes() {}

    /**
     * A type of connection.
     *
     * @param name the type
     * @param method its creation method
     * @param needsDatabase whether the database must be named
     * @param credentialTypes the kinds of credentials listed for it
     */
    record Type(String name, String method, boolean needsDatabase, List<String> credentialTypes) {
        boolean isPostgres() {
            return name.endsWith("PostgreSQL");
        }

        ObjectNode json(boolean throughGateway) {
            return Json.object(
                    "type", name,
                    "creationMethods",
                            List.of(Json.object(
                                    "name",
                                    method,
                                    "parameters",
                                    List.of(parameter("server", true), parameter("database", needsDatabase)))),
                    "supportedCredentialTypes", credentialTypes,
                    "supportedConnectionEncryptionTypes", List.of("NotEncrypted", "Encrypted"),
                    "supportsSkipTestConnection", throughGateway);
        }

        private static ObjectNode parameter(String name, boolean required) {
            return Json.object("name", name, "dataType", "Text", "required", required, "allowedValues", null);
        }
    }

    /** Finds a type; spelling matters, as in the real service. */
    static Optional<Type> find(String name) {
        return ALL.stream().filter(type -> type.name().equals(name)).findFirst();
    }
}
