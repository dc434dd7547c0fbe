package io.fabricmirror.fabric.internal;

import io.fabricmirror.fabric.Connection;
import io.fabricmirror.fabric.ConnectionEncryption;
import io.fabricmirror.fabric.ConnectionHealth;
import io.fabricmirror.fabric.ConnectionTestResult;
import io.fabricmirror.fabric.ConnectionType;
import io.fabricmirror.fabric.Connectivity;
import io.fabricmirror.fabric.CredentialType;
import io.fabricmirror.fabric.ParameterType;
import io.fabricmirror.fabric.PrivacyLevel;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads connections and what can be connected to. */
public final class ConnectionReader {
    private ConnectionReader() {}

    public static Connection connection(Fields fields) {
        Fields details = fields.object("connectionDetails");
        Fields credentials = fields.object("credentialDetails");
        Fields recency = fields.object("connectionRecency");
        return new Connection(
                fields.id("id"),
                fields.textOrEmpty("displayName"),
                new Connectivity(fields.text("connectivityType")),
                fields.idOrNull("gatewayId"),
                details.textOrEmpty("type"),
                details.textOrEmpty("path"),
                open(fields, "privacyLevel", PrivacyLevel::new),
                open(credentials, "credentialType", CredentialType::new),
                open(credentials, "connectionEncryption", ConnectionEncryption::new),
                recency.present()
                        ? new Connection.Use(
                                recency.timeOrNull("createdDateTime"),
                                recency.timeOrNull("lastBoundDateTime"),
                                recency.timeOrNull("lastCredentialUsedDateTime"))
                        : null);
    }

    private static <T> @Nullable T open(Fields fields, String name, Function<String, T> value) {
        String text = fields.textOrNull(name);
        return text == null ? null : value.apply(text);
    }

    public static ConnectionTestResult test(Fields fields) {
        return new ConnectionTestResult(
                new ConnectionHealth(fields.text("status")),
                fields.list("errors", "error").stream()
                        .map(error -> ErrorReader.detail(error, Redaction.NONE))
                        .toList());
    }

    public static ConnectionType type(Fields fields) {
        return new ConnectionType(
                fields.text("type"),
                fields.list("creationMethods", "creation method").stream()
                        .map(ConnectionReader::method)
                        .toList(),
                fields.texts("supportedCredentialTypes").stream()
                        .map(CredentialType::new)
                        .toList(),
                fields.texts("supportedConnectionEncryptionTypes").stream()
                        .map(ConnectionEncryption::new)
                        .toList(),
                fields.flag("supportsSkipTestConnection"));
    }

    private static ConnectionType.CreationMethod method(Fields fields) {
        return new ConnectionType.CreationMethod(
                fields.text("name"),
                fields.list("parameters", "parameter").stream()
                        .map(ConnectionReader::parameter)
                        .toList());
    }

    private static ConnectionType.Parameter parameter(Fields fields) {
        return new ConnectionType.Parameter(
                fields.text("name"),
                new ParameterType(fields.text("dataType")),
                fields.flag("required"),
                fields.texts("allowedValues"));
    }
}
