package io.fabricmirror.fabric;

import java.util.List;
import java.util.Objects;

/**
 * A kind of source that connections can be created for.
 *
 * @param type its name, case-sensitive
 * @param creationMethods the ways to name a source of this kind
 * @param credentialTypes the credentials the service lists; not all listed are accepted through the API
 * @param encryptions the settings it allows
 * @param testCanBeSkipped whether {@link NewConnection.Builder#withoutTest()} is allowed
 */
public record ConnectionType(
        String type,
        List<CreationMethod> creationMethods,
        List<CredentialType> credentialTypes,
        List<ConnectionEncryption> encryptions,
        boolean testCanBeSkipped) {
    /**
     * Rejects missing values and copies the lists.
     *
     * @param type must not be null
     * @param creationMethods must not be null
     * @param credentialTypes must not be null
     * @param encryptions must not be null
     * @param testCanBeSkipped whether the test can be left out
     */
    public ConnectionType {
        Objects.requireNonNull(type, "type");
        creationMethods = List.copyOf(creationMethods);
        credentialTypes = List.copyOf(credentialTypes);
        encryptions = List.copyOf(encryptions);
    }

    /**
     * A way to name a source.
     *
     * @param name its name, case-sensitive
     * @param parameters what it needs
     */
    public record CreationMethod(String name, List<Parameter> parameters) {
        /**
         * Rejects missing values and copies the list.
         *
         * @param name must not be null
         * @param parameters must not be null
         */
        public CreationMethod {
            Objects.requireNonNull(name, "name");
            parameters = List.copyOf(parameters);
        }
    }

    /**
     * What a creation method needs.
     *
     * @param name its name, case-sensitive
     * @param dataType its type
     * @param required whether it must be given
     * @param allowedValues the values allowed; empty for any
     */
    public record Parameter(String name, ParameterType dataType, boolean required, List<String> allowedValues) {
        /**
         * Rejects missing values and copies the list.
         *
         * @param name must not be null
         * @param dataType must not be null
         * @param required whether it must be given
         * @param allowedValues must not be null
         */
        public Parameter {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(dataType, "dataType");
            allowedValues = List.copyOf(allowedValues);
        }
    }
}
