package io.fabricmirror.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabricmirror.MirrorExecutor;
import io.fabricmirror.MirrorPlan;
import io.fabricmirror.PreviewStep;
import io.fabricmirror.PreviewWord;
import io.fabricmirror.Problem;
import io.fabricmirror.StepKey;
import io.fabricmirror.testkit.LocalServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServerRulesIT {
    private final World world = new World();

    @AfterAll
    void close() {
        world.close();
    }

    static Stream<Arguments> rules() {
        return Stream.of(
                rule("server.tier", "SERVER_TIER_UNSUPPORTED", s -> s.tier("Burstable")),
                rule("server.replication-role", "SERVER_IS_REPLICA", LocalServer::replica),
                rule("server.storage.writable", "SERVER_STORAGE_FULL", s -> s.storageUsed(96)));
    }

    private static Arguments rule(String key, String code, Consumer<LocalServer> broken) {
        return Arguments.of(key, code, broken);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    @Tag("G23")
    void preview_oneRuleIsBroken_saysWhichWithSeveritySourceAndRemedyAndMayBeToldToIgnoreIt(
            String key, String code, Consumer<LocalServer> broken) {
        LocalServer server = world.azure.server("pg-" + key.replace('.', '-'));
        broken.accept(server);

        Problem problem = server(world.mirror, plan(server).build()).problem().orElseThrow();
        assertThat(problem.code()).isEqualTo(code);
        assertThat(problem.seen().orElseThrow())
                .startsWith("error: rule " + key + ", ")
                .contains("; rules of 20");
        assertThat(problem.remedy()).isPresent();

        PreviewStep ignored = server(
                world.mirror,
                plan(server).ignoreRule(key, "agreed with support").build());
        assertThat(ignored.word()).as(ignored.toString()).isEqualTo(PreviewWord.SATISFIED);
        assertThat(ignored.detail()).contains("ignored " + key, "agreed with support");
    }

    @Test
    @Tag("G23")
    void preview_storageRunsFull_isAWarningThatDoesNotStandInTheWay() {
        LocalServer server = world.azure.server("pg-filling").storageUsed(90);

        PreviewStep step = server(world.mirror, plan(server).build());

        assertThat(step.word()).isEqualTo(PreviewWord.SATISFIED);
        assertThat(step.detail()).contains("warning: its storage is 90 percent full", "server.storage.headroom");
    }

    @Test
    void preview_burstableWithHighAvailability_namesBothWithSourceAndRemedy() {
        LocalServer server = world.azure.server("pg-bad").tier("Burstable").highAvailability("ZoneRedundant");

        Problem problem = server(world.mirror, plan(server).build()).problem().orElseThrow();

        assertThat(problem.code()).isEqualTo("SERVER_UNSUPPORTED");
        assertThat(problem.what()).contains("Burstable", "high availability on PostgreSQL 16");
        assertThat(problem.seen().orElseThrow()).contains("rule server.tier", "rule server.high-availability.version");
        assertThat(problem.remedy().orElseThrow()).contains("change the tier");
    }

    @Test
    @Tag("G58")
    @Tag("G23")
    void preview_rulesOfAFile_replaceThoseThatCameWithTheLibrary(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("rules.json"), """
                {"date": "2027-03-01", "rules": [
                  {"key": "server.tier", "allowed": ["Burstable"], "source": "letter of 2027-02-28"},
                  {"key": "server.region", "allowed": ["North Europe"], "source": "letter of 2027-02-28"}]}
                """);
        LocalServer server = world.azure.server("pg-small").tier("Burstable");

        try (MirrorExecutor mirror = world.builder().rules(file).build()) {
            Problem problem = server(mirror, plan(server).build()).problem().orElseThrow();

            assertThat(problem.code()).isEqualTo("SERVER_REGION_UNSUPPORTED");
            assertThat(problem.seen().orElseThrow()).contains("letter of 2027-02-28; rules of 2027-03-01");
        }
    }

    @Test
    @Tag("G58")
    void build_rulesFileNamesAnUnknownRule_isRefused(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(
                folder.resolve("rules.json"),
                "{\"date\": \"2027-03-01\", \"rules\": [{\"key\": \"server.teir\", \"allowed\": [], \"source\": \"x\"}]}");

        assertThatThrownBy(() -> world.builder().rules(file).build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("\"server.teir\" is no rule of this version");
    }

    private MirrorPlan.Builder plan(LocalServer server) {
        return world.plan().server(server.id()).database("postgres");
    }

    private static PreviewStep server(MirrorExecutor mirror, MirrorPlan plan) {
        return mirror.preview(plan).step(StepKey.SERVER);
    }
}
