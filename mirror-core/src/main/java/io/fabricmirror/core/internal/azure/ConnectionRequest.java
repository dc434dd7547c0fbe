package io.fabricmirror.core.internal.azure;

import io.fabricmirror.MirrorException;
import io.fabricmirror.Problem;
import io.fabricmirror.fabric.ConnectionEncryption;
import io.fabricmirror.fabric.ConnectionType;
import io.fabricmirror.fabric.CredentialType;
import io.fabricmirror.fabric.Credentials;
import io.fabricmirror.fabric.NewConnection;
import io.fabricmirror.spi.FabricControl;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Asks for a connection in the words that the service offers at the moment. Names of types, methods and parameters have changed
 * before and differ between regions.
 */
final class ConnectionRequest {
    /** The types that can point at a flexible server, best first. */
    private static final List<Pattern> TYPES = List.of(
            Pattern.compile("Azure.*PostgreSQL", Pattern.CASE_INSENSITIVE),
            Pattern.compile("PostgreSQL", Pattern.CASE_INSENSITIVE));

    private ConnectionRequest() {}

    static NewConnection of(FabricControl.NewConnection wanted, List<ConnectionType> offered) {
        ConnectionType type = TYPES.stream()
                .flatMap(pattern ->
                        offered.stream().filter(t -> pattern.matcher(t.type()).matches()))
                .filter(ConnectionRequest::isUsable)
                .findFirst()
                .orElseThrow(() -> new MirrorException(notOffered(wanted, offered)));
        ConnectionType.CreationMethod method = method(type).orElseThrow();
        NewConnection.Builder builder = wanted.gatewayId() == null
                ? NewConnection.cloud(wanted.name())
                : NewConnection.virtualNetworkGateway(wanted.name(), UUID.fromString(wanted.gatewayId()));
        builder.type(type.type(), method.name());
        for (ConnectionType.Parameter parameter : method.parameters()) {
            Optional<String> value = value(parameter, wanted);
            if (value.isPresent()) {
                builder.parameter(parameter.name(), parameter.dataType(), value.get());
            } else if (parameter.required()) {
                throw new MirrorException(unknownParameter(type, parameter));
            }
        }
        return builder.encryption(ConnectionEncryption.ENCRYPTED)
                .credentials(Credentials.basic(wanted.user(), wanted.password().reveal()))
                .build();
    }

    private static boolean isUsable(ConnectionType type) {
        return type.credentialTypes().contains(CredentialType.BASIC)
                && type.encryptions().contains(ConnectionEncryption.ENCRYPTED)
                && method(type).isPresent();
    }

    private static Optional<ConnectionType.CreationMethod> method(ConnectionType type) {
        return type.creationMethods().stream()
                .filter(m -> m.name().toLowerCase(Locale.ROOT).contains("postgres"))
                .findFirst();
    }

    private static Optional<String> value(ConnectionType.Parameter parameter, FabricControl.NewConnection wanted) {
        return switch (parameter.name().toLowerCase(Locale.ROOT)) {
            case "server", "host" -> Optional.of(wanted.host());
            case "database", "databasename" -> Optional.of(wanted.database());
            case "port" -> Optional.of("5432");
            case "username", "user" -> Optional.of(wanted.user());
            default ->
                parameter.required() && parameter.allowedValues().size() == 1
                        ? Optional.of(parameter.allowedValues().get(0))
                        : Optional.empty();
        };
    }

    private static Problem notOffered(FabricControl.NewConnection wanted, List<ConnectionType> offered) {
        List<String> similar = offered.stream()
                .map(ConnectionType::type)
                .filter(t -> t.toLowerCase(Locale.ROOT).contains("postgres"))
                .toList();
        return Problem.of(
                        "CONNECTION_TYPE_NOT_OFFERED",
                        "cannot create connection \"" + wanted.name()
                                + "\": Fabric offers no encrypted PostgreSQL connection with a password")
                .seen(offered.size() + " types offered, of PostgreSQL: " + (similar.isEmpty() ? "none" : similar))
                .remedy("make the connection in the Fabric portal under the same name; the next run adopts it");
    }

    private static Problem unknownParameter(ConnectionType type, ConnectionType.Parameter parameter) {
        return Problem.of(
                        "CONNECTION_TYPE_CHANGED",
                        "connections of type " + type.type() + " now need \"" + parameter.name()
                                + "\", which this version does not know")
                .remedy("update this library, or make the connection in the Fabric portal under the same name");
    }
}
