package io.fabricmirror.core.internal.step;

import io.fabricmirror.MirrorPlan;
import io.fabricmirror.spi.FabricControl.FabricConnection;
import java.util.List;
import java.util.Locale;

/** Names connections as a pure function of the plan, so that every run finds what an earlier one made. */
final class ConnectionNames {
    private ConnectionNames() {}

    static String of(MirrorPlan plan, String role) {
        return plan.connection()
                .displayName()
                .orElseGet(() -> byDefault(plan.server().name(), plan.database(), role));
    }

    static String byDefault(String server, String database, String role) {
        return server + ";" + database + " " + role;
    }

    /** Lists the visible connections to any database of a server, whoever made them. */
    static List<FabricConnection> toServer(List<FabricConnection> visible, String host) {
        return visible.stream()
                .filter(c -> c.type().toLowerCase(Locale.ROOT).contains("postgresql"))
                .filter(c -> c.path().startsWith(host + ";"))
                .toList();
    }

    static String database(FabricConnection connection) {
        return connection.path().substring(connection.path().indexOf(';') + 1);
    }
}
