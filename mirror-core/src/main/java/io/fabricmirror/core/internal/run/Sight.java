package io.fabricmirror.core.internal.run;

import io.fabricmirror.PreviewStep;
import io.fabricmirror.Problem;
import io.fabricmirror.StepKey;
import java.util.Set;

/** Tells what cannot be seen from what stands in the way. */
final class Sight {
    /** Codes of a look that was refused: somebody with more rights, or on another host, may see. */
    private static final Set<String> REFUSED = Set.of(
            "AuthorizationFailed",
            "LinkedAuthorizationFailed",
            "InsufficientPrivileges",
            "InsufficientWorkspaceRole",
            "LOGIN_FAILED",
            "LOGIN_REFUSED",
            "SECRET_FORBIDDEN",
            "SERVER_NOT_REACHABLE",
            "TLS_NOT_TRUSTED",
            "VAULT_NOT_REACHABLE",
            "WORKSPACE_ROLE_INSUFFICIENT");

    private Sight() {}

    /** Returns what a preview says of a step that could not be looked at. */
    static PreviewStep preview(StepKey step, Problem problem) {
        return REFUSED.contains(problem.code())
                ? PreviewStep.cannotSee(step, problem)
                : PreviewStep.blocked(step, problem);
    }
}
