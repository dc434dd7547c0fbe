package io.fabricmirror.fabric;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabricmirror.fabric.internal.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A connection to create. Immutable; its text never shows a secret.
 *
 * <p>Type, creation method and parameter names are case-sensitive and change: take them from {@link Connections#supportedTypes()}.
 */
public final class NewConnection {
    private final String displayName;
    private final Connectivity connectivity;
    private final @Nullable UUID gatewayId;
    private final String type;
    private final String creationMethod;
    private final List<Parameter> parameters;
    private final Credentials credentials;
    private final PrivacyLevel privacyLevel;
    private final ConnectionEncryption encryption;
    private final boolean skipTest;

    private NewConnection(Builder builder, Credentials credentials) {
        this.displayName = builder.displayName;
        this.connectivity = builder.connectivity;
        this.gatewayId = builder.gatewayId;
        this.type = builder.type;
        this.creationMethod = builder.creationMethod;
        this.parameters = List.copyOf(builder.parameters);
        this.credentials = credentials;
        this.privacyLevel = builder.privacyLevel;
        this.encryption = builder.encryption;
        this.skipTest = builder.skipTest;
    }

    /**
     * Starts a connection that Fabric makes straight from the cloud: the source must be reachable from there when it is created.
     *
     * @param displayName the name, at most 200 characters, unique in the tenant
     * @return a builder
     */
    public static Builder cloud(String displayName) {
        return new Builder(displayName, Connectivity.CLOUD, null);
    }

    /**
     * Starts a connection through a virtual network data gateway.
     *
     * @param displayName the name, at most 200 characters, unique in the tenant
     * @param gatewayId the gateway; the caller needs a role on it
     * @return a builder
     */
    public static Builder virtualNetworkGateway(String displayName, UUID gatewayId) {
        return new Builder(displayName, Connectivity.VIRTUAL_NETWORK_GATEWAY, gatewayId);
    }

    /**
     * Starts a connection through an on-premises data gateway. The client encrypts the credentials with the public keys of the
     * gateway's machines. For PostgreSQL mirroring, Microsoft documents virtual network gateways only.
     *
     * @param displayName the name, at most 200 characters, unique in the tenant
     * @param gatewayId the gateway; the caller needs a role on it
     * @return a builder
     */
    public static Builder onPremisesGateway(String displayName, UUID gatewayId) {
        return new Builder(displayName, Connectivity.ON_PREMISES_GATEWAY, gatewayId);
    }

    /**
     * Returns the name.
     *
     * @return the name
     */
    public String displayName() {
        return displayName;
    }

    ObjectNode json(GatewayCredentials gateways) {
        ObjectNode json =
                Json.object().put("connectivityType", connectivity.value()).put("displayName", displayName);
        if (gatewayId != null) {
            json.put("gatewayId", gatewayId.toString());
        }
        ObjectNode details =
                json.putObject("connectionDetails").put("type", type).put("creationMethod", creationMethod);
        ArrayNode list = details.putArray("parameters");
        parameters.forEach(parameter -> list.add(parameter.json()));
        json.put("privacyLevel", privacyLevel.value());
        ObjectNode sent = gateways.json(credentials, connectivity, gatewayId);
        json.set("credentialDetails", credentialDetails(encryption, skipTest, sent));
        return json;
    }

    static ObjectNode credentialDetails(ConnectionEncryption encryption, boolean skipTest, ObjectNode credentials) {
        // The service takes NotEncrypted if nothing is said, so it is always said.
        ObjectNode details = Json.object()
                .put("singleSignOnType", "None")
                .put("connectionEncryption", encryption.value())
                .put("skipTestConnection", skipTest);
        details.set("credentials", credentials);
        return details;
    }

    List<String> secrets() {
        return credentials.secrets();
    }

    @Override
    public String toString() {
        return "NewConnection[" + displayName + ", " + connectivity + ", " + type + ", " + credentials + "]";
    }

    private record Parameter(ParameterType type, String name, String value) {
        ObjectNode json() {
            ObjectNode json = Json.object().put("dataType", type.value()).put("name", name);
            if (type.equals(ParameterType.BOOLEAN)) {
                return json.put("value", Boolean.parseBoolean(value));
            }
            return type.equals(ParameterType.NUMBER)
                    ? json.put("value", new java.math.BigDecimal(value))
                    : json.put("value", value);
        }
    }

    /** Collects the settings of a connection. Not thread-safe. */
    public static final class Builder {
        private final String displayName;
        private final Connectivity connectivity;
        private final @Nullable UUID gatewayId;
        private final List<Parameter> parameters = new ArrayList<>();
        private String type = "";
        private String creationMethod = "";
        private @Nullable Credentials credentials;
        private PrivacyLevel privacyLevel = PrivacyLevel.ORGANIZATIONAL;
        private ConnectionEncryption encryption = ConnectionEncryption.ENCRYPTED;
        private boolean skipTest;

        private Builder(String displayName, Connectivity connectivity, @Nullable UUID gatewayId) {
            this.displayName = Objects.requireNonNull(displayName, "displayName");
            this.connectivity = connectivity;
            this.gatewayId = gatewayId;
        }

        /**
         * Sets what kind of source it is; required.
         *
         * @param type such as {@code AzurePostgreSQL}
         * @param creationMethod such as {@code AzurePostgreSQL.Database}
         * @return this
         */
        public Builder type(String type, String creationMethod) {
            this.type = Objects.requireNonNull(type, "type");
            this.creationMethod = Objects.requireNonNull(creationMethod, "creationMethod");
            return this;
        }

        /**
         * Adds a text parameter of the creation method.
         *
         * @param name such as {@code server}
         * @param value its value
         * @return this
         */
        public Builder parameter(String name, String value) {
            return parameter(name, ParameterType.TEXT, value);
        }

        /**
         * Adds a parameter of the creation method.
         *
         * @param name such as {@code CommandTimeout}
         * @param dataType its type
         * @param value its value as text; a number in decimal form for {@link ParameterType#NUMBER}
         * @return this
         */
        public Builder parameter(String name, ParameterType dataType, String value) {
            Objects.requireNonNull(name, "name");
            parameters.add(new Parameter(dataType, name, Objects.requireNonNull(value, "value")));
            return this;
        }

        /**
         * Sets how it signs in; required.
         *
         * @param credentials the credentials
         * @return this
         */
        public Builder credentials(Credentials credentials) {
            this.credentials = Objects.requireNonNull(credentials, "credentials");
            return this;
        }

        /**
         * Sets how far its data may be combined with other data; {@link PrivacyLevel#ORGANIZATIONAL} unless set.
         *
         * @param privacyLevel the level
         * @return this
         */
        public Builder privacyLevel(PrivacyLevel privacyLevel) {
            this.privacyLevel = Objects.requireNonNull(privacyLevel, "privacyLevel");
            return this;
        }

        /**
         * Sets whether the way to the source is encrypted; {@link ConnectionEncryption#ENCRYPTED} unless set.
         *
         * @param encryption the setting
         * @return this
         */
        public Builder encryption(ConnectionEncryption encryption) {
            this.encryption = Objects.requireNonNull(encryption, "encryption");
            return this;
        }

        /**
         * Leaves out the test that Fabric makes when it creates the connection; it is made unless this is called. Not all types
         * allow it: PostgreSQL does through a gateway only.
         *
         * @return this
         */
        public Builder withoutTest() {
            this.skipTest = true;
            return this;
        }

        /**
         * Builds the connection. Nothing is sent.
         *
         * @return the connection
         * @throws IllegalStateException if something is missing or too long; the message names all that is
         */
        public NewConnection build() {
            List<String> wrong = new ArrayList<>();
            if (displayName.isBlank() || displayName.length() > 200) {
                wrong.add("displayName has " + displayName.length() + " characters; give 1 to 200");
            }
            if (type.isBlank() || creationMethod.isBlank()) {
                wrong.add("type is not set; give type and creation method from supportedTypes()");
            }
            for (Parameter parameter : parameters) {
                if (parameter.type().equals(ParameterType.NUMBER)
                        && !parameter.value().matches("-?\\d{1,18}(\\.\\d{1,18})?")) {
                    wrong.add("parameter " + parameter.name() + " is no number");
                }
            }
            Credentials given = credentials;
            if (given == null) {
                wrong.add("credentials are not set");
            }
            if (given == null || !wrong.isEmpty()) {
                throw new IllegalStateException("Invalid NewConnection: " + String.join("; ", wrong));
            }
            return new NewConnection(this, given);
        }
    }
}
