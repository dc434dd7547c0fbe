package io.fabricmirror.core.internal.plan;

import io.fabricmirror.MirrorPlan;
import io.fabricmirror.Permission;
import io.fabricmirror.PreviewStep;
import io.fabricmirror.TableFinding;
import io.fabricmirror.TableProgress;
import io.fabricmirror.core.internal.rules.JudgedTables;
import io.fabricmirror.core.internal.run.Step;
import io.fabricmirror.core.internal.run.Steps;
import io.fabricmirror.core.internal.scene.MirrorScene;
import java.util.List;
import java.util.Map;

/** The steps of a plan about one mirror, for one run. */
final class SceneSteps implements Steps {
    private final MirrorScene scene;
    private final String subject;
    private final List<Step<?>> steps;

    SceneSteps(MirrorScene scene, List<Step<?>> steps) {
        this(scene, subject(scene.plan()), steps);
    }

    SceneSteps(MirrorScene scene, String subject, List<Step<?>> steps) {
        this.scene = scene;
        this.subject = subject;
        this.steps = steps;
    }

    @Override
    public List<Step<?>> inOrder() {
        return steps;
    }

    @Override
    public boolean retakeLostTurn() {
        return scene.retakeLostTurn();
    }

    @Override
    public String subject() {
        return subject;
    }

    private static String subject(MirrorPlan plan) {
        return plan.server().name() + "/" + plan.database() + " -> workspace " + plan.workspace();
    }

    @Override
    public List<TableFinding> tableFindings() {
        return scene.tablesSeen().map(JudgedTables::findings).orElse(List.of());
    }

    @Override
    public List<TableProgress> tableProgress() {
        return scene.progress();
    }

    @Override
    public Map<String, String> made() {
        return scene.made();
    }

    @Override
    public List<Permission> permissions() {
        return Needs.of(scene.plan(), steps.stream().map(Step::key).toList());
    }

    @Override
    public String sql(List<PreviewStep> looks) {
        return SqlScript.of(scene, steps, looks);
    }

    @Override
    public void close() {
        scene.close();
    }
}
