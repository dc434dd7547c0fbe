package io.fabricmirror.core.internal.step;

import io.fabricmirror.Change;
import io.fabricmirror.GatewayMode;
import io.fabricmirror.PreviewStep;
import io.fabricmirror.StepKey;
import io.fabricmirror.core.internal.reach.End;
import io.fabricmirror.core.internal.reach.Means;
import io.fabricmirror.core.internal.reach.Posture;
import io.fabricmirror.core.internal.reach.Purpose;
import io.fabricmirror.core.internal.reach.Reachability;
import io.fabricmirror.core.internal.reach.Verdict;
import io.fabricmirror.core.internal.run.Step;
import io.fabricmirror.core.internal.scene.MirrorScene;
import io.fabricmirror.spi.FabricControl.Gateway;
import io.fabricmirror.spi.ServerControl.FirewallRule;
import io.fabricmirror.spi.ServerControl.Server;
import java.util.List;
import java.util.Optional;

/** Makes sure that Fabric can reach the server: directly, by the Azure-services rule, or through a gateway. */
public final class ReachabilityStep extends Step<ReachabilityStep.Seen> {
    private static final String RULE = "AllowAzureServices";

    private final MirrorScene scene;

    /** Prepares the step. */
    public ReachabilityStep(MirrorScene scene) {
        super(StepKey.REACHABILITY);
        this.scene = scene;
    }

    @Override
    protected Seen observe() {
        Server server = scene.server();
        List<FirewallRule> rules =
                server.network().publicAccess() ? scene.ports().server().firewallRules(server.id()) : List.of();
        Optional<Gateway> gateway = Optional.empty();
        Optional<String> trouble = Optional.empty();
        if (scene.plan().gateway() instanceof GatewayMode.VirtualNetwork through
                && !scene.run().preparesOnly()) {
            gateway = scene.ports().fabric().gateway(through.gatewayId());
            trouble = gateway.filter(g -> g.type().equals("VirtualNetwork"))
                    .flatMap(g -> scene.ports().fabric().gatewayTrouble(g.id()));
        }
        return new Seen(server, rules, gateway, trouble);
    }

    @Override
    protected PreviewStep compare(Seen seen) {
        Verdict out = assess(End.SERVER, End.ONELAKE, seen);
        if (out.problem().isPresent()) {
            return PreviewStep.blocked(key(), out.problem().get());
        } else if (scene.run().preparesOnly() && scene.plan().gateway() instanceof GatewayMode.VirtualNetwork) {
            return PreviewStep.satisfied(key(), "the gateway is looked at when Fabric is called; " + said(out));
        }

        Verdict in = assess(End.FABRIC, End.SERVER, seen);
        return switch (in.answer()) {
            case OPEN, NOT_VISIBLE -> PreviewStep.satisfied(key(), "in: " + in.reason() + "; " + said(out));
            case OPENS_WITH_RULE -> PreviewStep.change(key(), in.reason(), List.of(newRule(seen)), List.of());
            case CLOSED -> PreviewStep.blocked(key(), in.problem().orElseThrow());
        };
    }

    @Override
    protected void change(Seen seen) {
        FirewallRule rule = new FirewallRule(
                freeName(seen), FirewallRule.AZURE_SERVICES_ADDRESS, FirewallRule.AZURE_SERVICES_ADDRESS);
        scene.ports().server().createFirewallRule(seen.server().id(), rule);
        scene.run().changed(newRule(seen));
    }

    @Override
    protected boolean endsTheRun() {
        // Fabric comes later; the server can be made ready for it.
        return !scene.run().preparesOnly();
    }

    private Verdict assess(End from, End to, Seen seen) {
        return Reachability.assess(
                from,
                to,
                Purpose.MIRROR,
                seen.server().id().name(),
                Posture.of(seen.server(), seen.rules()),
                new Means(
                        scene.plan().gateway(),
                        seen.gateway(),
                        seen.gatewayTrouble(),
                        scene.plan().network()));
    }

    private static String said(Verdict out) {
        return "out to OneLake: " + out.reason();
    }

    /** A rule of our name with other addresses is somebody's way in; it is left alone. */
    private static String freeName(Seen seen) {
        boolean taken = seen.rules().stream().anyMatch(rule -> rule.name().equalsIgnoreCase(RULE));
        return taken ? RULE + "ForFabric" : RULE;
    }

    private static Change newRule(Seen seen) {
        return Change.created("firewall rule " + freeName(seen), "0.0.0.0-0.0.0.0");
    }

    /**
     * What the step sees.
     *
     * @param server the server
     * @param rules its firewall rules, if it is public
     * @param gateway the gateway, if one is named and visible
     * @param gatewayTrouble what keeps that gateway from working, if anything does
     */
    public record Seen(
            Server server, List<FirewallRule> rules, Optional<Gateway> gateway, Optional<String> gatewayTrouble) {}
}
