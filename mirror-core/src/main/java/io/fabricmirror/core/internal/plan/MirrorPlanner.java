package io.fabricmirror.core.internal.plan;

import io.fabricmirror.MirrorPlan;
import io.fabricmirror.TableFinding;
import io.fabricmirror.TableProgress;
import io.fabricmirror.core.internal.run.Ports;
import io.fabricmirror.core.internal.run.Run;
import io.fabricmirror.core.internal.run.Step;
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

/** Turns a mirror plan into its steps, for one run. */
public final class MirrorPlanner implements AutoCloseable {
    private final MirrorScene scene;

    /**
     * Prepares the steps of one run.
     *
     * @param plan the plan
     * @param ports how to reach the world
     * @param run the run
     */
    public MirrorPlanner(MirrorPlan plan, Ports ports, Run run) {
        scene = new MirrorScene(plan, ports, run, Rules.shipped());
    }

    /**
     * Returns the steps in the order in which they are made true. Ownership comes after the connection is proved, because it is the
     * change an application feels.
     *
     * @return the fourteen steps
     */
    public List<Step<?>> steps() {
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

    /**
     * Makes sure, before something is changed, that no other run is at work on the server.
     *
     * @return whether this run had lost its turn meanwhile, so that what it saw may have changed
     */
    public boolean retakeLostTurn() {
        return scene.retakeLostTurn();
    }

    /**
     * Returns from where to where the plan mirrors.
     *
     * @return one line
     */
    public String subject() {
        MirrorPlan plan = scene.plan();
        return plan.server().name() + "/" + plan.database() + " -> workspace " + plan.workspace();
    }

    /**
     * Returns what is to be said of each selected table.
     *
     * @return the findings; empty if the tables could not be read
     */
    public List<TableFinding> tableFindings() {
        return scene.tablesSeen().map(JudgedTables::findings).orElse(List.of());
    }

    /**
     * Returns how far the tables have come.
     *
     * @return the wanted tables; empty if the run did not get there
     */
    public List<TableProgress> tableProgress() {
        return scene.progress();
    }

    @Override
    public void close() {
        scene.close();
    }
}
