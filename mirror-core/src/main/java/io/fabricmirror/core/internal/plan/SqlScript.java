package io.fabricmirror.core.internal.plan;

import io.fabricmirror.MirrorException;
import io.fabricmirror.MirrorPlan;
import io.fabricmirror.PreviewStep;
import io.fabricmirror.PreviewWord;
import io.fabricmirror.core.internal.run.CheckOnlyStep;
import io.fabricmirror.core.internal.run.NotKnownYet;
import io.fabricmirror.core.internal.run.Step;
import io.fabricmirror.core.internal.scene.MirrorScene;
import java.util.List;

/** Writes the SQL of a plan as a script, by letting the steps themselves do their change where nothing is sent. */
final class SqlScript {
    private final MirrorScene scene;
    private final StringBuilder script = new StringBuilder();

    private SqlScript(MirrorScene scene) {
        this.scene = scene;
    }

    static String of(MirrorScene scene, List<Step<?>> steps, List<PreviewStep> looks) {
        if (steps.stream().noneMatch(Step::changesBySqlOnly)) {
            return "";
        }

        SqlScript script = new SqlScript(scene);
        MirrorPlan plan = scene.plan();
        script.comment("What applying plan \"" + plan.name() + "\" would send to database \"" + plan.database()
                + "\" of " + plan.server().name() + " as its administrator, as the server is now.");
        String password = scene.entraMode()
                ? "No password is in it: the role has none."
                : "Passwords are not in it: the server gets a verifier, made from " + scene.roleSecret()
                        + " when the plan is applied.";
        script.comment(password + " Questions and the lock that keeps runs apart are left out.");
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i).changesBySqlOnly()) {
                script.add(steps.get(i), looks.get(i));
            }
        }
        return script.script.toString();
    }

    private void add(Step<?> step, PreviewStep look) {
        script.append('\n');
        comment("step " + step.key() + ": " + look.detail());
        if (look.word().equals(PreviewWord.SATISFIED)) {
            return;
        } else if (look.changes().isEmpty() && !CheckOnlyStep.isLeftToOthers(look)) {
            comment("not known yet");
            return;
        }

        try {
            scene.rehearse(step::rehearse)
                    .forEach(statement -> script.append(statement).append(";\n"));
        } catch (NotKnownYet | MirrorException e) {
            comment("not known yet: " + e.getMessage());
        }
    }

    /** Writes a comment; a name from outside must not end it. */
    private void comment(String text) {
        script.append("-- ").append(text.replaceAll("\\R", " ")).append('\n');
    }
}
