package io.fabricmirror.core.internal.plan;

import io.fabricmirror.Area;
import io.fabricmirror.ResyncPlan;
import io.fabricmirror.StepKey;
import io.fabricmirror.core.internal.run.CheckOnlyStep;
import io.fabricmirror.core.internal.run.RightsStep;
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
import io.fabricmirror.core.internal.step.ResyncStep;
import io.fabricmirror.core.internal.step.RoleStep;
import io.fabricmirror.core.internal.step.ServerStep;
import io.fabricmirror.core.internal.step.StartStep;
import io.fabricmirror.core.internal.step.TablesStep;
import io.fabricmirror.core.internal.step.VerifiedStep;
import io.fabricmirror.core.internal.step.WorkspaceRoleStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Knows the steps of a mirror, and of a mirror whose tables are to be copied anew. */
final class MirrorPlanner {
    private static final Map<StepKey, Area> AREAS = Map.ofEntries(
            Map.entry(StepKey.REACHABILITY, Area.FIREWALL),
            Map.entry(StepKey.IDENTITY, Area.IDENTITY),
            Map.entry(StepKey.PARAMETERS, Area.PARAMETERS),
            Map.entry(StepKey.ROLE, Area.SQL),
            Map.entry(StepKey.TABLES, Area.SQL),
            Map.entry(StepKey.RELEASED, Area.SQL),
            Map.entry(StepKey.WORKSPACE_ROLE, Area.FABRIC),
            Map.entry(StepKey.CONNECTION, Area.FABRIC),
            Map.entry(StepKey.MIRROR, Area.FABRIC),
            Map.entry(StepKey.RESYNC, Area.FABRIC),
            Map.entry(StepKey.STOP, Area.FABRIC),
            Map.entry(StepKey.START, Area.FABRIC));

    private static final String SERVERS = "Microsoft.DBforPostgreSQL/flexibleServers/";
    private static final Map<StepKey, Set<String>> ACTIONS = Map.of(
            StepKey.REACHABILITY, Set.of(SERVERS + "firewallRules/write"),
            StepKey.IDENTITY, Set.of(SERVERS + "write"),
            StepKey.PARAMETERS, Set.of(SERVERS + "configurations/write", SERVERS + "restart/action"));

    private MirrorPlanner() {}

    static Steps mirror(MirrorScene scene) {
        return new SceneSteps(scene, steps(scene));
    }

    /** What makes a mirror also makes it anew, once nothing is left of the former copy. */
    static Steps resync(MirrorScene scene, ResyncPlan plan) {
        List<Step<?>> steps = new ArrayList<>(steps(scene));
        List<StepKey> keys = steps.stream().map(Step::key).collect(Collectors.toList());
        if (keys.contains(StepKey.MIRROR)) {
            steps.add(keys.indexOf(StepKey.MIRROR), leftToItsOwner(scene, new ResyncStep(scene, plan)));
        }
        return new SceneSteps(scene, steps);
    }

    /** Ownership comes after the connection is proved, because it is the change an application feels. */
    private static List<Step<?>> steps(MirrorScene scene) {
        List<Step<?>> server = List.of(
                new ServerStep(scene),
                new ReachabilityStep(scene),
                new OpeningsStep(scene),
                new IdentityStep(scene),
                new ParametersStep(scene),
                new CredentialStep(scene),
                new RoleStep(scene));
        List<Step<?>> fabric = List.of(
                new WorkspaceRoleStep(scene),
                new ConnectionStep(scene),
                new TablesStep(scene),
                new ReadinessStep(scene),
                new MirrorStep(scene),
                new StartStep(scene),
                new VerifiedStep(scene));
        return Stream.concat(server.stream(), scene.run().preparesOnly() ? Stream.empty() : fabric.stream())
                .<Step<?>>map(step -> leftToItsOwner(scene, step))
                .toList();
    }

    /** Leaves a step of an area that is somebody else's to compare only. */
    static Step<?> leftToItsOwner(MirrorScene scene, Step<?> step) {
        Area area = AREAS.get(step.key());
        return area != null && scene.plan().checkOnly().contains(area)
                ? new CheckOnlyStep(step, area)
                : withRights(scene, step);
    }

    private static Step<?> withRights(MirrorScene scene, Step<?> step) {
        Set<String> actions = ACTIONS.getOrDefault(step.key(), Set.of());
        return actions.isEmpty()
                ? step
                : new RightsStep(
                        step,
                        scene.plan().server().name(),
                        () -> scene.ports().server().missingRights(scene.plan().server(), actions));
    }
}
