package io.fabricmirror.core.internal.step;

import io.fabricmirror.Change;
import io.fabricmirror.PreviewStep;
import io.fabricmirror.Problem;
import io.fabricmirror.StepKey;
import io.fabricmirror.core.internal.run.Step;
import io.fabricmirror.core.internal.scene.MirrorScene;
import io.fabricmirror.core.internal.sql.MirroringRole;
import io.fabricmirror.core.internal.sql.RoleUse;
import io.fabricmirror.core.internal.sql.SqlProblems;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes the mirroring role's rights in the database, and drops it unless another mirror needs it. */
public final class RemoveRoleStep extends Step<RemoveRoleStep.Seen> {
    private final MirrorScene scene;
    private final StepKey[] before;

    /**
     * Prepares the step.
     *
     * @param scene what is known of the mirror
     * @param before the steps of the removal that free the role from what hangs on it
     */
    public RemoveRoleStep(MirrorScene scene, List<StepKey> before) {
        super(StepKey.ROLE);
        this.scene = scene;
        this.before = before.toArray(StepKey[]::new);
    }

    @Override
    protected Seen observe() {
        String role = scene.roleName();
        if (scene.adminMode() || !MirroringRole.exists(scene.admin(), role)) {
            return new Seen(null, List.of());
        }

        scene.run().requireTrue(before);
        RoleUse use = RoleUse.read(scene.admin(), role);
        List<String> others = new ArrayList<>();
        use.databases().forEach(database -> others.add("database " + database));
        ConnectionNames.toServer(
                        scene.ports().fabric().connections(), scene.server().host())
                .stream()
                .filter(c -> c.name()
                        .equals(ConnectionNames.byDefault(
                                scene.plan().server().name(), ConnectionNames.database(c), role)))
                .forEach(c -> others.add("connection \"" + c.name() + "\""));
        return new Seen(use, others);
    }

    @Override
    protected PreviewStep compare(Seen seen) {
        RoleUse use = seen.use();
        String role = scene.roleName();
        if (use == null) {
            return PreviewStep.satisfied(
                    key(), scene.adminMode() ? "the administrator stays" : "there is no role " + role);
        } else if (!use.ownedHere().isEmpty()) {
            return PreviewStep.blocked(
                    key(),
                    Problem.of(
                                    "ROLE_OWNS_OBJECTS",
                                    "role " + role + " owns objects in "
                                            + scene.plan().database())
                            .seen(String.join(", ", use.ownedHere()))
                            .remedy("give them to others: .restoreOwners() for the tables this library took,"
                                    + " ALTER ... OWNER TO for the rest; or leave the role out of the removal"));
        } else if (!seen.others().isEmpty() && !use.rightsHere()) {
            return PreviewStep.satisfied(key(), role + " stays; used by " + String.join(", ", seen.others()));
        }
        return PreviewStep.change(
                key(),
                seen.others().isEmpty()
                        ? "with its grants and the seed table; its secret stays"
                        : role + " itself stays; used by " + String.join(", ", seen.others()),
                changes(seen),
                List.of());
    }

    @Override
    protected void change(Seen seen) {
        try {
            RoleUse.revoke(scene.admin(), scene.roleName());
            if (seen.others().isEmpty()) {
                RoleUse.drop(scene.admin(), scene.roleName());
            }
        } catch (SQLException e) {
            throw SqlProblems.change(e, "remove role " + scene.roleName());
        }
        changes(seen).forEach(scene.run()::changed);
    }

    private List<Change> changes(Seen seen) {
        String role = scene.roleName();
        return List.of(
                seen.others().isEmpty()
                        ? new Change("role " + role, "exists", "dropped")
                        : new Change("rights of " + role + " in " + scene.plan().database(), "as granted", "revoked"));
    }

    /**
     * What the step sees.
     *
     * @param use what hangs on the role; null if there is none to remove
     * @param others who else uses it
     */
    record Seen(@Nullable RoleUse use, List<String> others) {}
}
