package io.fabricmirror.core.internal.plan;

import io.fabricmirror.MirrorPlan;
import io.fabricmirror.Problem;
import io.fabricmirror.SecretRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds plans that would undo each other's work, run after run. */
final class PlanFights {
    private PlanFights() {}

    static List<Problem> among(List<MirrorPlan> plans) {
        List<Problem> fights = new ArrayList<>();
        for (int i = 0; i < plans.size(); i++) {
            for (MirrorPlan other : plans.subList(i + 1, plans.size())) {
                between(plans.get(i), other).ifPresent(fights::add);
            }
        }
        return fights;
    }

    private static Optional<Problem> between(MirrorPlan one, MirrorPlan other) {
        if (!one.server().equals(other.server())) {
            return Optional.empty();
        }

        String names = "plans \"" + one.name() + "\" and \"" + other.name() + "\"";
        if (one.database().equals(other.database())) {
            return Optional.of(Problem.of(
                            "PLANS_FIGHT", names + " mirror the same database, and the service takes one mirror of it")
                    .seen(one.server().name() + "/" + one.database())
                    .remedy("keep one of them"));
        }

        Optional<SecretRef> mine = one.connection().secret();
        Optional<SecretRef> theirs = other.connection().secret();
        boolean shareRole = one.connection().user().equals(other.connection().user());
        if (mine.isPresent() && theirs.isPresent() && shareRole && !mine.equals(theirs)) {
            return Optional.of(
                    Problem.of(
                                    "PLANS_FIGHT",
                                    names + " share the role \""
                                            + one.connection().user() + "\" and take its password from two secrets")
                            .seen(mine.get() + " and " + theirs.get())
                            .cause(
                                    "a role belongs to the server, not to a database: each plan would set its own password")
                            .remedy(
                                    "name the same secret in both, or give each its own role: .connection(ConnectionSpec.fabricUser(secret).user(name))"));
        }
        return Optional.empty();
    }
}
