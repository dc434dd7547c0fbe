package io.fabricmirror.core.internal.reach;

import io.fabricmirror.GatewayMode;
import io.fabricmirror.Problem;
import io.fabricmirror.core.internal.reach.Verdict.Answer;
import io.fabricmirror.spi.FabricControl.Gateway;
import java.util.Optional;

/** Judges ways. A pure function: the same arguments, the same verdict. */
public final class Reachability {
    private Reachability() {}

    /**
     * Judges whether one end reaches another.
     *
     * @param from who calls
     * @param to who is called
     * @param purpose what for
     * @param server the name of the server
     * @param posture how the server stands in the network
     * @param means what there is to get through with
     * @return the verdict
     */
    public static Verdict assess(End from, End to, Purpose purpose, String server, Posture posture, Means means) {
        if (purpose == Purpose.MIRROR && from == End.FABRIC && to == End.SERVER) {
            return means.mode() instanceof GatewayMode.PublicAccess direct
                    ? direct(server, posture, direct)
                    : throughGateway(server, posture, means);
        } else if (purpose == Purpose.MIRROR && from == End.SERVER && to == End.ONELAKE) {
            return outbound(server, posture, means);
        }

        throw new IllegalArgumentException("no rule for " + purpose + " from " + from + " to " + to);
    }

    private static Verdict direct(String server, Posture posture, GatewayMode.PublicAccess direct) {
        if (!posture.isPublic()) {
            return Verdict.closed(Problem.of("SERVER_PRIVATE", server + " is private, and the plan names no gateway")
                    .seen(posture.evidence())
                    .cause("Fabric reaches a private server only through a virtual network data gateway")
                    .who("whoever runs the network and the gateways")
                    .remedy("make a virtual network data gateway in a subnet that reaches the server, and give its id:"
                            + " .gateway(GatewayMode.virtualNetwork(id)); until then RunOptions.prepareOnly() prepares the"
                            + " server"));
        } else if (posture.kind() == Posture.Kind.PUBLIC_WITH_AZURE) {
            return Verdict.open(posture.evidence());
        } else if (direct.azureServicesAdmitted()) {
            return new Verdict(
                    Answer.OPENS_WITH_RULE, "admits every service within Azure, other tenants' too", Optional.empty());
        }

        return Verdict.closed(
                Problem.of("AZURE_SERVICES_NOT_ADMITTED", server + " does not admit Azure services")
                        .seen(posture.evidence())
                        .cause(
                                "Fabric has no fixed addresses, so a public server must admit Azure services, which means every tenant's")
                        .remedy(
                                "admit them in the plan: .gateway(GatewayMode.publicAccess().admitAzureServices()); or name a gateway"));
    }

    private static Verdict throughGateway(String server, Posture posture, Means means) {
        if (means.gateway().isEmpty()) {
            return Verdict.closed(Problem.of("GATEWAY_NOT_FOUND", "the gateway of the plan is not visible")
                    .cause("wrong id, or the caller has no role on it: Fabric shows only what the caller may use")
                    .remedy("correct the id, or let an admin of the gateway add the caller as ConnectionCreator"));
        }

        Gateway gateway = means.gateway().get();
        if (!gateway.type().equals("VirtualNetwork")) {
            return Verdict.closed(
                    Problem.of(
                                    "GATEWAY_OF_OTHER_KIND",
                                    "gateway " + gateway.name() + " is " + gateway.type() + ", not VirtualNetwork")
                            .remedy(
                                    "give the id of a virtual network data gateway; PostgreSQL is mirrored through no other kind"));
        } else if (means.gatewayTrouble().isPresent()) {
            return Verdict.closed(Problem.of("GATEWAY_OFFLINE", "gateway " + gateway.name() + " is not online")
                    .seen(means.gatewayTrouble().get())
                    .cause("it sleeps, its capacity is paused, or its subnet lacks what it needs")
                    .who("whoever runs the gateways")
                    .remedy("bring it online in Manage connections and gateways, then run again"));
        }

        return Verdict.open("through gateway " + gateway.name() + "; " + server + ": " + posture.evidence());
    }

    private static Verdict outbound(String server, Posture posture, Means means) {
        if (posture.kind() != Posture.Kind.VNET_INJECTED) {
            return Verdict.open("from Azure's own network, which no private endpoint restricts");
        }

        String evidence = means.facts().evidence();
        return switch (means.facts().outbound()) {
            case ALLOWED -> Verdict.open("allowed by the subnet: " + evidence);
            case BLOCKED ->
                Verdict.closed(
                        Problem.of("OUTBOUND_BLOCKED", server + " does not get out to OneLake")
                                .seen(evidence + "; " + posture.evidence())
                                .cause(
                                        "the server itself writes to OneLake; a gateway carries only what Fabric asks of the server")
                                .who("whoever runs the network")
                                .remedy(
                                        "let the subnet out to OneLake by HTTPS (443), in security group, routes and firewall"));
            case UNKNOWN ->
                new Verdict(
                        Answer.NOT_VISIBLE,
                        "Azure does not show whether the subnet lets it out; it needs HTTPS (443) to OneLake, and what is known"
                                + " of that can be given: .network(NetworkFacts.outboundAllowed(...))",
                        Optional.empty());
        };
    }
}
