package io.fabricmirror.core.internal.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabricmirror.ServerId;
import io.fabricmirror.core.internal.rules.ServerRules.Broken;
import io.fabricmirror.spi.ServerControl.Network;
import io.fabricmirror.spi.ServerControl.Server;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerRulesTest {
    @ParameterizedTest
    @CsvSource({
        "GeneralPurpose, 16, Disabled, Primary, false, 10, ''",
        "MemoryOptimized, 18, ZoneRedundant, None, false, 10, ''",
        "Burstable, 16, Disabled, Primary, false, 10, server.tier",
        "GeneralPurpose, 13, Disabled, Primary, false, 10, server.version",
        "GeneralPurpose, 19, Disabled, Primary, false, 10, server.version",
        "GeneralPurpose, 16, SameZone, Primary, false, 10, server.high-availability.version",
        "GeneralPurpose, 17, SameZone, Primary, false, 10, ''",
        "GeneralPurpose, 16, Disabled, AsyncReplica, false, 10, server.replication-role",
        "GeneralPurpose, 16, Disabled, Primary, true, 10, server.elastic-cluster",
        "GeneralPurpose, 16, Disabled, Primary, false, 85, ''",
        "GeneralPurpose, 16, Disabled, Primary, false, 86, server.storage.headroom",
        "GeneralPurpose, 16, Disabled, Primary, false, 95, server.storage.writable",
    })
    @Tag("G23")
    void judge_server_namesTheRuleItBreaks(
            String tier, int version, String ha, String role, boolean cluster, int storage, String rule) {
        Server server = new Server(
                ServerId.of("s", "g", "pg"),
                "",
                "West Europe",
                "Ready",
                "pg.postgres.database.azure.com",
                version,
                tier,
                ha,
                role,
                cluster,
                "pgadmin",
                true,
                new Network(true, "", 0),
                "None",
                null);

        assertThat(new ServerRules(Rules.shipped()).judge(server, OptionalInt.of(storage)))
                .extracting(Broken::rule)
                .isEqualTo(rule.isEmpty() ? List.of() : List.of(rule));
    }
}
