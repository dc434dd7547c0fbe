package io.fabricmirror.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.fabricmirror.Preview;
import io.fabricmirror.Problem;
import io.fabricmirror.StepKey;
import io.fabricmirror.testkit.LocalServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServerRulesIT {
    private final World world = new World();

    @AfterAll
    void close() {
        world.close();
    }

    @Test
    void preview_burstableWithHighAvailability_namesBothWithSourceAndRemedy() {
        String major = world.ask("select current_setting('server_version_num')::int / 10000");
        assumeThat(Integer.parseInt(major))
                .as("from 17 on high availability is fine")
                .isLessThan(17);
        LocalServer server = world.azure.server("pg-bad").tier("Burstable").highAvailability("ZoneRedundant");

        Problem problem = obstacle(server);

        assertThat(problem.code()).isEqualTo("SERVER_UNSUPPORTED");
        assertThat(problem.what()).contains("Burstable", "high availability on PostgreSQL " + major);
        assertThat(problem.seen().orElseThrow()).contains("rule server.tier", "rule server.high-availability.version");
        assertThat(problem.remedy().orElseThrow()).contains("change the tier");
    }

    @Test
    @Tag("G09")
    void preview_publicAccessOff_isDeferredWithWhatToSupply() {
        LocalServer server = world.azure.server("pg-private").noPublicAccess();

        Preview preview = world.mirror.preview(
                world.plan().server(server.id()).database("postgres").build());

        Problem problem = preview.step(StepKey.REACHABILITY).problem().orElseThrow();
        assertThat(problem.code()).isEqualTo("SERVER_PRIVATE");
        assertThat(problem.remedy().orElseThrow()).contains("GatewayMode.virtualNetwork(id)");
    }

    private Problem obstacle(LocalServer server) {
        return world.mirror
                .preview(world.plan().server(server.id()).database("postgres").build())
                .step(StepKey.SERVER)
                .problem()
                .orElseThrow();
    }
}
