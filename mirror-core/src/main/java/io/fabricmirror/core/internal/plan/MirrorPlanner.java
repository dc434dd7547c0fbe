package io.fabricmirror.core.internal.plan;

import io.fabricmirror.MirrorPlan;
import io.fabricmirror.TableFinding;
import io.fabricmirror.TableProgress;
import io.fabricmirror.core.internal.rules.JudgedTables;
import io.fabricmirror.core.internal.rules.Rules;
import io.fabricmirror.core.internal.run.Ports;
import io.fabricmirror.core.internal.run.Run;
import io.fabricmirror.core.internal.run.Step;
import io.fabricmirror.core.internal.run.Steps;
import io.fabricmirror.core.internal.scene.MirrorScene;
import io.fabricmirror.core.internal.step.ConnectionStep;
import io.fabricmirror.core.internal.step.CredentialStep;
import io.fabricmirror.core.internal.step.IdentityStep;
import io.fabricmirror.core.internal.step.MirrorStep;
import io.fabricmirror.core.internal.step.OpeningsStep;
import io.fabricmirror.core.internal.step.ParametersStep;
import io.fabricmirror.core.internal.step.ReachabilityStep;
import io.fabricmirror.core.internal.step.ReadinessStep;
import io.fabricmirror.core.internal.step.RoleStep;
import io.fabricmirror.core.internal.step.ServerStep;
import io.fabricmirror.core.internal.step.StartStep;
import io.fabricmirror.core.internal.step.TablesStep;
import io.fabricmirror.core.internal.step.VerifiedStep;
import io.fabricmirror.core.internal.step.WorkspaceRoleStep;
import java.util.List;
import java.util.Map;

/** Turns a mirror plan into its steps, for one run. */
final class MirrorPlanner implements Steps {
    private final MirrorScene scene;

    MirrorPlanner(MirrorPlan plan, Ports ports, Run run, Rules rules) {
        scene = new MirrorScene(plan, ports, run, rules);
    }

    /** {@inheritDoc} Ownership comes after the connection is proved, because it is the change an application feels. */
    @Override
    public List<Step<?>> inOrder() {
        return List.of(
                new ServerStep(scene),
                new ReachabilityStep(scene),
                new OpeningsStep(),
                new IdentityStep(scene),
                new ParametersStep(scene),
                new CredentialStep(scene),
                new RoleStep(scene),
                new WorkspaceRoleStep(scene),
                new ConnectionStep(scene),
                new TablesStep(scene),
                new ReadinessStep(scene),
                new MirrorStep(scene),
                new StartStep(scene),
                new VerifiedStep(scene));
    }

    @Override
    public boolean retakeLostTurn() {
        return scene.retakeLostTurn();
    }

    @Override
    public String subject() {
        MirrorPlan plan = scene.plan();
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
    public void close() {
        scene.close();
    }
}
