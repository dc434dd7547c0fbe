package io.fabricmirror.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabricmirror.MirrorException;
import io.fabricmirror.TableName;
import io.fabricmirror.WorkspaceRef;
import io.fabricmirror.spi.FabricControl;
import io.fabricmirror.spi.FabricControl.FabricConnection;
import io.fabricmirror.spi.FabricControl.Mirror;
import io.fabricmirror.spi.FabricControl.MirrorDefinition;
import io.fabricmirror.spi.FabricControl.MirrorState;
import io.fabricmirror.spi.FabricControl.NewConnection;
import io.fabricmirror.spi.FabricControl.Workspace;
import io.fabricmirror.spi.Secret;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every {@link FabricControl} keeps. Leaves connections and mirrored databases behind, which are never started. */
public abstract class FabricControlContract {
    private static final String NOTHING = "77777777-7777-7777-7777-777777777777";

    /** Called by JUnit. */
    protected FabricControlContract() {
        super();
    }

    /**
     * Returns the implementation under test.
     *
     * @return the implementation
     */
    protected abstract FabricControl fabric();

    /**
     * Returns a workspace on an active capacity whose administrator or member the caller is.
     *
     * @return the workspace, by its name
     */
    protected abstract WorkspaceRef workspace();

    /**
     * Returns a connection that can be made: Fabric reaches the server, and user and password are right.
     *
     * @return another name each time
     */
    protected abstract NewConnection unusedConnection();

    private Workspace found() {
        return fabric().workspace(workspace());
    }

    @Test
    void workspace_byNameAndById_isTheSame() {
        assertEquals(found(), fabric().workspace(WorkspaceRef.id(found().id())));
        assertEquals("Active", found().capacityState());
    }

    @Test
    void workspace_thatIsNotThere_isRefused() {
        assertThrows(MirrorException.class, () -> fabric().workspace(WorkspaceRef.id(NOTHING)));
    }

    @Test
    void roleAssignments_areRead() {
        assertFalse(fabric().roleAssignments(found().id()).isEmpty());
    }

    @Test
    void gateway_thatIsNotThere_isEmpty() {
        assertEquals(Optional.empty(), fabric().gateway(NOTHING));
    }

    @Test
    void createConnection_isListedAndWorks_andTheSameNameIsRefused() {
        NewConnection wanted = unusedConnection();

        FabricConnection made = fabric().createConnection(wanted);

        assertEquals(wanted.name(), made.name());
        assertEquals(wanted.host() + ";" + wanted.database(), made.path());
        assertTrue(fabric().connections().contains(made));
        assertEquals(Optional.empty(), fabric().testConnection(made.id()));
    }

    @Test
    void createConnection_wrongPassword_isRefusedWithoutShowingIt() {
        NewConnection right = unusedConnection();
        NewConnection wrong = new NewConnection(
                right.name(),
                right.gatewayId(),
                right.host(),
                right.database(),
                right.user(),
                Secret.of("wr0ng-s3cret"));

        MirrorException refused = assertThrows(MirrorException.class, () -> fabric().createConnection(wrong));

        assertFalse(refused.toString().contains("wr0ng-s3cret"), "the exception shows the password");
        assertTrue(
                fabric().connections().stream().noneMatch(there -> there.name().equals(right.name())));
    }

    @Test
    void replaceCredentials_wrongPassword_isRefusedAndTheConnectionStillWorks() {
        NewConnection wanted = unusedConnection();
        FabricConnection made = fabric().createConnection(wanted);

        assertThrows(
                MirrorException.class,
                () -> fabric().replaceCredentials(made, wanted.user(), Secret.of("wr0ng-s3cret")));
        assertEquals(Optional.empty(), fabric().testConnection(made.id()));
        fabric().replaceCredentials(made, wanted.user(), wanted.password());
        assertEquals(Optional.empty(), fabric().testConnection(made.id()));
    }

    @Test
    void createMirror_readBack_isWhatWasWanted() {
        NewConnection wanted = unusedConnection();
        FabricConnection connection = fabric().createConnection(wanted);
        MirrorDefinition definition = new MirrorDefinition(
                connection.id(), wanted.database(), List.of(new TableName("public", "fabric_mirror_contract")));

        Mirror mirror = fabric().createMirror(found().id(), wanted.name(), definition);

        assertEquals(wanted.name(), mirror.name());
        assertTrue(fabric().mirrors(found().id()).contains(mirror));
        assertMirrors(definition, fabric().definition(mirror));
        assertTrue(List.of(MirrorState.INITIALIZING, MirrorState.INITIALIZED)
                .contains(fabric().state(mirror).status()));

        MirrorDefinition all = new MirrorDefinition(connection.id(), wanted.database(), null);
        fabric().changeDefinition(mirror, all);
        assertMirrors(all, fabric().definition(mirror));
    }

    /** What a definition leaves open, such as the schema, the service fills in. */
    private static void assertMirrors(MirrorDefinition wanted, MirrorDefinition seen) {
        assertEquals(wanted.connectionId(), seen.connectionId());
        assertEquals(wanted.database(), seen.database());
        assertEquals(wanted.tables(), seen.tables());
    }
}
