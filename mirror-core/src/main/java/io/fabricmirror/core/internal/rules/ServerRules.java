package io.fabricmirror.core.internal.rules;

import io.fabricmirror.Problem;
import io.fabricmirror.spi.ServerControl.Server;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Judges a server by the dated rules; every rule that it breaks is named at once. */
public final class ServerRules {
    private final Rules rules;

    /**
     * Prepares to judge.
     *
     * @param rules the rules
     */
    public ServerRules(Rules rules) {
        this.rules = rules;
    }

    /**
     * Judges a server.
     *
     * @param server the server
     * @return the rules it breaks; empty if it can be mirrored
     */
    public List<Broken> judge(Server server) {
        List<Broken> broken = new ArrayList<>();
        allow(
                broken,
                "server.tier",
                server.tier(),
                "SERVER_TIER_UNSUPPORTED",
                "its tier is " + server.tier(),
                "change the tier (that restarts the server; this library never does it)");
        allow(
                broken,
                "server.version",
                String.valueOf(server.version()),
                "SERVER_VERSION_UNSUPPORTED",
                "it runs PostgreSQL " + server.version(),
                "upgrade it to a supported version");
        allow(
                broken,
                "server.replication-role",
                server.replicationRole(),
                "SERVER_IS_REPLICA",
                "it is a replica (" + server.replicationRole() + ")",
                "mirror its primary");
        allow(
                broken,
                "server.elastic-cluster",
                String.valueOf(server.elasticCluster()),
                "SERVER_IS_CLUSTER",
                "it is an elastic cluster",
                "mirror a flexible server that is not a cluster");
        int since = rules.minimum("server.high-availability.version");
        if (!server.highAvailability().equals("Disabled") && server.version() < since) {
            broken.add(new Broken(
                    "server.high-availability.version",
                    "SERVER_HA_UNSUPPORTED",
                    "it has high availability on PostgreSQL " + server.version(),
                    "upgrade it to " + since + ", or switch high availability off"));
        }
        return broken;
    }

    /**
     * Says what is wrong with a server.
     *
     * @param server the server
     * @param broken the rules it breaks, at least one
     * @return one problem that names them all
     */
    public Problem problem(Server server, List<Broken> broken) {
        String what = broken.stream().map(Broken::what).collect(Collectors.joining("; "));
        return Problem.of(
                        broken.size() == 1 ? broken.get(0).code() : "SERVER_UNSUPPORTED",
                        server.id().name() + " cannot be mirrored: " + what)
                .seen(broken.stream().map(b -> rules.source(b.rule())).collect(Collectors.joining("; ")))
                .cause("Fabric does not mirror such a server")
                .remedy(broken.stream().map(Broken::remedy).collect(Collectors.joining("; ")));
    }

    private void allow(List<Broken> broken, String rule, String value, String code, String what, String remedy) {
        if (!rules.allowed(rule).contains(value)) {
            broken.add(new Broken(rule, code, what, remedy));
        }
    }

    /**
     * A rule that a server breaks.
     *
     * @param rule the rule's key
     * @param code the problem's code
     * @param what what is wrong, of "it"
     * @param remedy what to do
     */
    public record Broken(String rule, String code, String what, String remedy) {}
}
