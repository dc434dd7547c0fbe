package io.fabricmirror.core.internal.step;

import io.fabricmirror.Change;
import io.fabricmirror.GatewayMode;
import io.fabricmirror.PreviewStep;
import io.fabricmirror.Problem;
import io.fabricmirror.StepKey;
import io.fabricmirror.core.internal.run.Step;
import io.fabricmirror.core.internal.scene.MirrorScene;
import io.fabricmirror.spi.FabricControl.FabricConnection;
import io.fabricmirror.spi.FabricControl.NewConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes the Fabric connection to the database, encrypted and tested, or finds the one that is there. */
public final class ConnectionStep extends Step<ConnectionStep.Seen> {
    private static final String ORGANIZATIONAL_ACCOUNT = "OAuth2";

    private final MirrorScene scene;

    /** Prepares the step. */
    public ConnectionStep(MirrorScene scene) {
        super(StepKey.CONNECTION);
        this.scene = scene;
    }

    @Override
    protected Seen observe() {
        List<FabricConnection> visible = scene.ports().fabric().connections();
        scene.visibleConnections(visible);
        if (scene.entraMode()) {
            // Somebody made it by hand and named it as he liked.
            Optional<FabricConnection> ours = visible.stream()
                    .filter(c -> c.credentialType().equals(ORGANIZATIONAL_ACCOUNT))
                    .filter(scene::pointsAtSource)
                    .findFirst();
            ours.ifPresent(scene::connection);
            return new Seen(ours, Optional.empty());
        }

        List<FabricConnection> named =
                visible.stream().filter(c -> c.name().equals(name())).toList();
        Optional<FabricConnection> ours =
                named.stream().filter(scene::pointsAtSource).findFirst();
        ours.ifPresent(scene::connection);
        return new Seen(
                ours, ours.isPresent() ? Optional.empty() : named.stream().findFirst());
    }

    @Override
    protected PreviewStep compare(Seen seen) {
        if (seen.other().isPresent()) {
            FabricConnection other = seen.other().get();
            return PreviewStep.blocked(
                    key(),
                    Problem.of("CONNECTION_NAME_TAKEN", "connection \"" + name() + "\" points elsewhere")
                            .seen(other.type() + " " + other.path() + ", id " + other.id())
                            .cause("names are unique in the tenant")
                            .remedy("give ours another name: ConnectionSpec.fabricUser(...).displayName(\"...\")"));
        } else if (seen.ours().isEmpty() && scene.entraMode()) {
            return PreviewStep.blocked(key(), toBeMadeByHand());
        } else if (seen.ours().isEmpty()) {
            return PreviewStep.change(key(), "PostgreSQL, encrypted, tested", List.of(newConnection()), List.of());
        } else if (scene.passwordReplaced()) {
            return PreviewStep.change(key(), "takes the new password", newCredentials(), List.of());
        }
        FabricConnection ours = seen.ours().get();
        return PreviewStep.satisfied(key(), "\"" + ours.name() + "\", id " + ours.id());
    }

    @Override
    protected void change(Seen seen) {
        if (seen.ours().isPresent()) {
            replaceCredentials(seen.ours().get());
        } else {
            create();
            scene.run().changed(newConnection());
        }
        if (scene.passwordReplaced()) {
            sharing().forEach(this::replaceCredentials);
        }
        scene.notePasswordPassedOn();
    }

    private void replaceCredentials(FabricConnection connection) {
        scene.ports().fabric().replaceCredentials(connection, scene.roleName(), scene.rolePassword());
        scene.run().changed(newCredentials(connection));
    }

    /** Lists the connections of other mirrors of this server that log in as the same role, by the name this library gives them. */
    private List<FabricConnection> sharing() {
        return ConnectionNames.toServer(
                        scene.visibleConnections(), scene.server().host())
                .stream()
                .filter(c -> !c.name().equals(name()))
                .filter(c -> c.name()
                        .equals(ConnectionNames.byDefault(
                                scene.plan().server().name(), ConnectionNames.database(c), scene.roleName())))
                .toList();
    }

    private Problem toBeMadeByHand() {
        String path = scene.server().host() + ", database " + scene.plan().database();
        return Problem.of(
                        "CONNECTION_BY_HAND", "no connection to " + path + " with an organizational account is visible")
                .cause("Fabric's API makes no connection that signs in with an organizational account")
                .who("whoever signs in as " + scene.roleName())
                .remedy(
                        "in the Fabric portal: Settings, Manage connections and gateways, New, type Azure Database for PostgreSQL,"
                                + " server " + path + ", authentication Organizational account, sign in as "
                                + scene.roleName()
                                + "; share it with whoever runs this plan (Manage users), then run again");
    }

    private void create() {
        scene.ports()
                .fabric()
                .createConnection(new NewConnection(
                        name(),
                        gatewayId(),
                        scene.server().host(),
                        scene.plan().database(),
                        scene.roleName(),
                        scene.rolePassword()));
    }

    private String name() {
        return ConnectionNames.of(scene.plan(), scene.roleName());
    }

    private @Nullable String gatewayId() {
        return scene.plan().gateway() instanceof GatewayMode.VirtualNetwork through ? through.gatewayId() : null;
    }

    private Change newConnection() {
        return Change.created("connection \"" + name() + "\"", "logs in as " + scene.roleName());
    }

    private List<Change> newCredentials() {
        List<Change> changes = new ArrayList<>();
        scene.connectionSeen().ifPresent(ours -> changes.add(newCredentials(ours)));
        sharing().forEach(other -> changes.add(newCredentials(other)));
        return changes;
    }

    private static Change newCredentials(FabricConnection connection) {
        return new Change("credentials of connection \"" + connection.name() + "\"", "former password", "new password");
    }

    /**
     * What the step sees.
     *
     * @param ours the connection of our name that points at the source
     * @param other a connection of our name that points elsewhere
     */
    public record Seen(Optional<FabricConnection> ours, Optional<FabricConnection> other) {}
}
