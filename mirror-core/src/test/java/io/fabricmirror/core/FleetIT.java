package io.fabricmirror.core;

import static io.fabricmirror.Consent.CHANGE_TABLE_OWNERS;
import static io.fabricmirror.Consent.RESTART_SERVER;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabricmirror.AdminAccess;
import io.fabricmirror.ConnectionSpec;
import io.fabricmirror.FleetOptions;
import io.fabricmirror.FleetReport;
import io.fabricmirror.GatewayMode;
import io.fabricmirror.MirrorPlan;
import io.fabricmirror.RunOptions;
import io.fabricmirror.SecretRef;
import io.fabricmirror.Verdict;
import io.fabricmirror.WorkspaceRef;
import io.fabricmirror.testkit.LocalServer;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Several mirrors in one call. */
class FleetIT {
    private final World world = new World();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    @Tag("G47")
    void applyAll_plansOnTwoServers_makesEveryMirrorAndChangesNothingAgain() {
        LocalServer other = world.azure.server("pg-stock");
        other.sql("stock", "create table t (id int primary key)");
        world.server.sql("returns", "create table t (id int primary key)");
        List<MirrorPlan> plans = List.of(
                plan("orders", world.server, "orders"),
                plan("returns", world.server, "returns"),
                plan("stock", other, "stock"));

        FleetReport report = world.mirror.applyAll(
                plans, RunOptions.defaults().consent(RESTART_SERVER, CHANGE_TABLE_OWNERS), FleetOptions.concurrency(3));
        FleetReport again = world.mirror.applyAll(plans, RunOptions.defaults(), FleetOptions.concurrency(3));

        assertThat(report.verdict()).as(report.text()).isEqualTo(Verdict.DONE);
        assertThat(again.verdict()).as(again.text()).isEqualTo(Verdict.NOTHING_TO_CHANGE);
    }

    private MirrorPlan plan(String name, LocalServer server, String database) {
        world.azure.vault("kv-main").put("admin-of-" + server.id().name(), server.adminPassword());
        return MirrorPlan.named(name)
                .server(server.id())
                .database(database)
                .admin(AdminAccess.password(SecretRef.keyVault(
                        World.VAULT, "admin-of-" + server.id().name())))
                .connection(ConnectionSpec.fabricUser(SecretRef.keyVault(
                        World.VAULT, "fabric-user-of-" + server.id().name())))
                .workspace(WorkspaceRef.named("Sales"))
                .gateway(GatewayMode.publicAccess().admitAzureServices())
                .build();
    }
}
