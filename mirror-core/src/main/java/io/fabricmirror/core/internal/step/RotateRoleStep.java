package io.fabricmirror.core.internal.step;

import io.fabricmirror.Change;
import io.fabricmirror.MirrorException;
import io.fabricmirror.PreviewStep;
import io.fabricmirror.Problem;
import io.fabricmirror.StepKey;
import io.fabricmirror.core.internal.run.Step;
import io.fabricmirror.core.internal.scene.MirrorScene;
import io.fabricmirror.core.internal.sql.MirroringRole;
import io.fabricmirror.core.internal.sql.Sql;
import io.fabricmirror.core.internal.sql.SqlProblems;
import java.sql.SQLException;
import java.util.List;

/** Gives the role the newest password, and proves it by a login. */
public final class RotateRoleStep extends Step<RotateRoleStep.Seen> {
    private final MirrorScene scene;

    /** Prepares the step. */
    public RotateRoleStep(MirrorScene scene) {
        super(StepKey.ROLE);
        this.scene = scene;
    }

    @Override
    protected Seen observe() {
        boolean exists = MirroringRole.exists(scene.admin(), scene.roleName());
        return new Seen(exists, exists && scene.run().isTrue(StepKey.CREDENTIAL) && logsIn());
    }

    @Override
    protected PreviewStep compare(Seen seen) {
        String role = scene.roleName();
        if (!seen.exists()) {
            return PreviewStep.blocked(
                    key(),
                    Problem.of("ROLE_ABSENT", scene.plan().server().name() + " has no role " + role)
                            .remedy("apply the plan of one of the mirrors: it makes role and secret"));
        }

        return seen.logsIn()
                ? PreviewStep.satisfied(key(), role + " logs in with the newest version")
                : PreviewStep.change(
                        key(), "new logins take the newest version only", List.of(newPassword()), List.of());
    }

    @Override
    protected void change(Seen seen) {
        try {
            Sql.execute(
                    scene.admin(),
                    MirroringRole.setPassword(
                            scene.roleName(), scene.rolePassword().reveal()));
        } catch (SQLException e) {
            throw SqlProblems.change(e, "set the password of " + scene.roleName());
        }
        scene.run().changed(newPassword());
    }

    private boolean logsIn() {
        try {
            scene.freshRole();
            return true;
        } catch (MirrorException e) {
            if (e.code().equals(SqlProblems.LOGIN_REFUSED)) {
                return false;
            }

            throw e;
        }
    }

    private Change newPassword() {
        return new Change("password of " + scene.roleName(), "former", "newest version of " + scene.roleSecret());
    }

    /**
     * What the step sees.
     *
     * @param exists whether the role exists
     * @param logsIn whether it logs in with the newest version
     */
    record Seen(boolean exists, boolean logsIn) {}
}
