package io.fabricmirror.fabric;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabricmirror.fabric.internal.Json;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What to change in a connection. Immutable; its text never shows a secret. What a connection points at cannot be changed: another
 * server or database needs another connection.
 */
public final class ConnectionUpdate {
    private final @Nullable String displayName;
    private final @Nullable PrivacyLevel privacyLevel;
    private final @Nullable Credentials credentials;
    private final ConnectionEncryption encryption;
    private final boolean skipTest;

    private ConnectionUpdate(Builder builder) {
        this.displayName = builder.displayName;
        this.privacyLevel = builder.privacyLevel;
        this.credentials = builder.credentials;
        this.encryption = builder.encryption;
        this.skipTest = builder.skipTest;
    }

    /**
     * Starts an update that changes nothing yet.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    ObjectNode json(Connection connection, GatewayCredentials gateways) {
        // The service wants the connectivity repeated; it cannot be changed.
        ObjectNode json =
                Json.object().put("connectivityType", connection.connectivity().value());
        if (displayName != null) {
            json.put("displayName", displayName);
        }
        if (privacyLevel != null) {
            json.put("privacyLevel", privacyLevel.value());
        }
        if (credentials != null) {
            ObjectNode sent = gateways.json(credentials, connection.connectivity(), connection.gatewayId());
            json.set("credentialDetails", NewConnection.credentialDetails(encryption, skipTest, sent));
        }
        return json;
    }

    List<String> secrets() {
        return credentials == null ? List.of() : credentials.secrets();
    }

    @Override
    public String toString() {
        return "ConnectionUpdate[" + displayName + ", " + privacyLevel + ", " + credentials + "]";
    }

    /** Collects what to change. Not thread-safe. */
    public static final class Builder {
        private @Nullable String displayName;
        private @Nullable PrivacyLevel privacyLevel;
        private @Nullable Credentials credentials;
        private ConnectionEncryption encryption = ConnectionEncryption.ENCRYPTED;
        private boolean skipTest;

        private Builder() {}

        /**
         * Changes the name; kept unless set.
         *
         * @param displayName the name, at most 200 characters, unique in the tenant
         * @return this
         */
        public Builder displayName(String displayName) {
            this.displayName = Objects.requireNonNull(displayName, "displayName");
            return this;
        }

        /**
         * Changes how far its data may be combined; kept unless set.
         *
         * @param privacyLevel the level
         * @return this
         */
        public Builder privacyLevel(PrivacyLevel privacyLevel) {
            this.privacyLevel = Objects.requireNonNull(privacyLevel, "privacyLevel");
            return this;
        }

        /**
         * Replaces the credentials; kept unless set. The service tests them.
         *
         * @param credentials the new credentials, of the kind it has
         * @return this
         */
        public Builder credentials(Credentials credentials) {
            this.credentials = Objects.requireNonNull(credentials, "credentials");
            return this;
        }

        /**
         * Sets whether the way to the source is encrypted, sent along with credentials; {@link ConnectionEncryption#ENCRYPTED}
         * unless set.
         *
         * @param encryption the setting
         * @return this
         */
        public Builder encryption(ConnectionEncryption encryption) {
            this.encryption = Objects.requireNonNull(encryption, "encryption");
            return this;
        }

        /**
         * Leaves out the test of new credentials; it is made unless this is called. Not all types allow it.
         *
         * @return this
         */
        public Builder withoutTest() {
            this.skipTest = true;
            return this;
        }

        /**
         * Builds the update. Nothing is sent.
         *
         * @return the update
         * @throws IllegalStateException if it changes nothing, or the name is too long
         */
        public ConnectionUpdate build() {
            if (displayName == null && privacyLevel == null && credentials == null) {
                throw new IllegalStateException(
                        "Invalid ConnectionUpdate: nothing to change; set displayName, privacyLevel or credentials");
            }
            if (displayName != null && (displayName.isBlank() || displayName.length() > 200)) {
                throw new IllegalStateException("Invalid ConnectionUpdate: displayName has " + displayName.length()
                        + " characters; give 1 to 200");
            }
            return new ConnectionUpdate(this);
        }
    }
}
