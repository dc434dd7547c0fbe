package io.fabricmirror.core.internal.rules;

import io.fabricmirror.Problem;
import io.fabricmirror.spi.ServerControl.Server;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
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
     * @param storageUsed how full its storage is, in percent, if that may be seen
     * @return the rules it breaks, warnings included; empty if nothing is to be said
     */
    public List<Broken> judge(Server server, OptionalInt storageUsed) {
        List<Broken> broken = new ArrayList<>();
        allow(
                broken,
                "server.region",
                server.region(),
                "SERVER_REGION_UNSUPPORTED",
                "it is in region " + server.region(),
                "restore it to a region that is supported");
        String full = storageUsed.isPresent() && storageUsed.getAsInt() > rules.maximum("server.storage.writable")
                ? "server.storage.writable"
                : "server.storage.headroom";
        if (storageUsed.isPresent() && storageUsed.getAsInt() > rules.maximum(full)) {
            broken.add(new Broken(
                    full,
                    "SERVER_STORAGE_FULL",
                    "its storage is " + storageUsed.getAsInt() + " percent full",
                    "enlarge its storage, or let it grow by itself (autogrow)"));
        }
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
                .seen(broken.stream()
                        .map(b -> "error: " + rules.source(b.rule()))
                        .collect(Collectors.joining("; ")))
                .cause("Fabric does not mirror such a server")
                .remedy(broken.stream().map(Broken::remedy).collect(Collectors.joining("; ")));
    }

    /**
     * Says what is to be known of a server that can be mirrored all the same.
     *
     * @param broken a rule whose breaking is only a warning
     * @return one line
     */
    public String warning(Broken broken) {
        return "warning: " + broken.what() + ", " + broken.remedy() + " (" + rules.source(broken.rule()) + ")";
    }

    private void allow(List<Broken> broken, String rule, String value, String code, String what, String remedy) {
        if (!rules.allows(rule, value)) {
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
