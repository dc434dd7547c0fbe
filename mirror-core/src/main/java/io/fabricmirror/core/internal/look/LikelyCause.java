package io.fabricmirror.core.internal.look;

import io.fabricmirror.MirrorException;
import io.fabricmirror.Problem;
import io.fabricmirror.core.internal.run.NotKnownYet;
import io.fabricmirror.core.internal.scene.MirrorScene;
import io.fabricmirror.core.internal.sql.SqlProblems;
import io.fabricmirror.core.internal.step.MirrorFinder;
import io.fabricmirror.core.internal.step.MirrorFinder.Found;
import io.fabricmirror.spi.FabricControl.FabricConnection;
import io.fabricmirror.spi.FabricControl.RoleAssignment;
import java.util.Locale;
import java.util.Optional;

/** Looks for why a mirror that runs gets nothing: at the identity's role, the role's password, the connection. */
final class LikelyCause {
    private static final String NOT_VISIBLE = "Fabric gives no reason that this version knows";

    private final MirrorScene scene;

    LikelyCause(MirrorScene scene) {
        this.scene = scene;
    }

    /**
     * Adds cause and remedy to a problem.
     *
     * @param problem what is wrong
     * @param said what Fabric says of mirror and tables
     * @param read whether somebody reads the source's WAL
     */
    Problem explain(Problem problem, String said, boolean read) {
        try {
            return identity(problem, said)
                    .or(() -> password(problem))
                    .or(() -> connection(problem))
                    .orElseGet(() -> otherwise(problem, read));
        } catch (MirrorException | NotKnownYet e) {
            return otherwise(problem, read);
        }
    }

    private Optional<Problem> identity(Problem problem, String said) {
        Optional<String> identity = scene.server().systemIdentity();
        Optional<RoleAssignment> role = scene
                .ports()
                .fabric()
                .roleAssignments(scene.workspace().id())
                .stream()
                .filter(a -> identity.equals(Optional.of(a.principalId())))
                .findFirst();
        if (role.isEmpty()) {
            return Optional.of(problem.cause("the server's identity has no role in workspace "
                            + scene.workspace().name() + ", so it may not write to OneLake")
                    .who("an admin of the workspace")
                    .remedy("apply the plan: it gives the role again"));
        } else if (said.toUpperCase(Locale.ROOT).contains("ONELAKE")) {
            return Optional.of(problem.cause("the server's identity is "
                            + role.get().role()
                            + " of the workspace, so most likely the tenant setting \"Users can access data stored in"
                            + " OneLake with apps external to Fabric\" is off")
                    .who("a Fabric administrator")
                    .remedy("switch it on; the mirror goes on by itself"));
        }
        return Optional.empty();
    }

    private Optional<Problem> password(Problem problem) {
        if (scene.entraMode()) {
            return Optional.empty();
        }

        scene.ports().secrets().read(scene.roleSecret()).ifPresent(secret -> scene.rolePassword(secret.value()));
        try {
            scene.freshRole();
            return Optional.empty();
        } catch (MirrorException e) {
            if (!e.code().equals(SqlProblems.LOGIN_REFUSED)) {
                throw e;
            }

            return Optional.of(problem.cause("the server refuses role " + scene.roleName() + " with the password in "
                            + scene.roleSecret() + ": it was changed behind the mirror")
                    .remedy("bring role and connections to the stored one: RotationPlan.of(plans).build()"));
        }
    }

    private Optional<Problem> connection(Problem problem) {
        MirrorFinder finder = new MirrorFinder(scene);
        Optional<Found> found = finder.findAnew();
        Optional<FabricConnection> connection = found.flatMap(finder::connection);
        if (connection.isEmpty()) {
            return found.map(f -> problem.cause("the connection of the mirror is gone, or not visible to the caller")
                    .remedy("apply the plan: it makes another one"));
        }

        return scene.ports()
                .fabric()
                .testConnection(connection.get().id())
                .map(
                        failure -> problem.cause(
                                        "connection \"" + connection.get().name() + "\" does not work: " + failure)
                                .remedy(
                                        "if it is refused, bring it to the stored password: RotationPlan.of(plans).build();"
                                                + " if it does not get through, look at firewall and gateway by a preview of the plan"));
    }

    private Problem otherwise(Problem problem, boolean read) {
        return read
                ? problem.cause(NOT_VISIBLE)
                        .remedy("preview the plan, which looks at everything; then plan.resync(since)")
                : problem.cause(
                                "no slot of database " + scene.plan().database()
                                        + " is read: Azure drops it when storage runs full, and a failover before PostgreSQL 17 loses it")
                        .remedy("plan.resync(since)");
    }
}
