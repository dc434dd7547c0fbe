package io.fabricmirror.core.internal.step;

import io.fabricmirror.Change;
import io.fabricmirror.GatewayMode;
import io.fabricmirror.PreviewStep;
import io.fabricmirror.Problem;
import io.fabricmirror.StepKey;
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
        if (scene.plan().gateway() instanceof GatewayMode.VirtualNetwork through) {
            return new Seen(server, List.of(), scene.ports().fabric().gateway(through.gatewayId()));
        }

        List<FirewallRule> rules =
                server.network().publicAccess() ? scene.ports().server().firewallRules(server.id()) : List.of();
        return new Seen(server, rules, Optional.empty());
    }

    @Override
    protected PreviewStep compare(Seen seen) {
        return scene.plan().gateway() instanceof GatewayMode.PublicAccess direct
                ? compareDirect(seen, direct)
                : compareGateway(seen);
    }

    @Override
    protected void change(Seen seen) {
        FirewallRule rule = new FirewallRule(
                freeName(seen), FirewallRule.AZURE_SERVICES_ADDRESS, FirewallRule.AZURE_SERVICES_ADDRESS);
        scene.ports().server().createFirewallRule(seen.server().id(), rule);
        scene.run().changed(newRule(seen));
    }

    private PreviewStep compareDirect(Seen seen, GatewayMode.PublicAccess direct) {
        String name = seen.server().id().name();
        if (!seen.server().network().publicAccess()) {
            return PreviewStep.blocked(
                    key(),
                    Problem.of("SERVER_PRIVATE", name + " is private, and the plan names no gateway")
                            .seen(posture(seen.server()))
                            .cause("Fabric reaches a private server only through a virtual network data gateway")
                            .who("whoever runs the network and the gateways")
                            .remedy(
                                    "make a virtual network data gateway in a subnet that reaches the server, and give its id:"
                                            + " .gateway(GatewayMode.virtualNetwork(id))"));
        }

        Optional<FirewallRule> rule =
                seen.rules().stream().filter(FirewallRule::admitsAzureServices).findFirst();
        if (rule.isPresent()) {
            return PreviewStep.satisfied(
                    key(), "public, firewall rule " + rule.get().name() + " admits Azure services");
        } else if (direct.azureServicesAdmitted()) {
            return PreviewStep.change(
                    key(), "admits every service within Azure, other tenants' too", List.of(newRule(seen)), List.of());
        }

        return PreviewStep.blocked(
                key(),
                Problem.of("AZURE_SERVICES_NOT_ADMITTED", name + " does not admit Azure services")
                        .seen(seen.rules().size() + " firewall rules, none of them 0.0.0.0-0.0.0.0")
                        .cause(
                                "Fabric has no fixed addresses, so a public server must admit Azure services, which means every tenant's")
                        .remedy(
                                "admit them in the plan: .gateway(GatewayMode.publicAccess().admitAzureServices()); or name a gateway"));
    }

    private PreviewStep compareGateway(Seen seen) {
        if (seen.gateway().isEmpty()) {
            return PreviewStep.blocked(
                    key(),
                    Problem.of("GATEWAY_NOT_FOUND", "the gateway of the plan is not visible")
                            .cause(
                                    "wrong id, or the caller has no role on it: Fabric shows only what the caller may use")
                            .remedy(
                                    "correct the id, or let an admin of the gateway add the caller as ConnectionCreator"));
        }

        Gateway gateway = seen.gateway().get();
        if (!gateway.type().equals("VirtualNetwork")) {
            return PreviewStep.blocked(
                    key(),
                    Problem.of(
                                    "GATEWAY_OF_OTHER_KIND",
                                    "gateway " + gateway.name() + " is " + gateway.type() + ", not VirtualNetwork")
                            .remedy(
                                    "give the id of a virtual network data gateway; PostgreSQL is mirrored through no other kind"));
        }

        return PreviewStep.satisfied(key(), "through gateway " + gateway.name());
    }

    private static String posture(Server server) {
        if (!server.network().delegatedSubnet().isEmpty()) {
            return "injected into subnet " + server.network().delegatedSubnet();
        }

        return "public network access is off, " + server.network().privateEndpoints() + " private endpoints";
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
     * @param rules its firewall rules, if it is public and no gateway is named
     * @param gateway the gateway, if one is named and visible
     */
    public record Seen(Server server, List<FirewallRule> rules, Optional<Gateway> gateway) {}
}
