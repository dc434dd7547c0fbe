package io.fabricmirror.fabric;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Environment variables make azure-core log bodies and headers; ours must not be among them, at any level. */
class LogSecrecyTest {
    @Test
    @Timeout(120)
    void everythingLogged_noSecretIsInIt(@TempDir Path directory) throws IOException, InterruptedException {
        Path log = directory.resolve("log");
        ProcessBuilder program = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dlogback.configurationFile=logback-trace.xml",
                "-cp",
                System.getProperty("java.class.path"),
                LogSecrecyProgram.class.getName());
        program.environment().put("AZURE_HTTP_LOG_DETAIL_LEVEL", "body_and_headers");
        program.environment().put("AZURE_LOG_LEVEL", "verbose");
        program.redirectErrorStream(true).redirectOutput(log.toFile());

        Process process = program.start();
        try {
            assertThat(process.waitFor(100, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }

        String text = Files.readString(log, StandardCharsets.UTF_8);
        assertThat(process.exitValue()).as(text).isZero();
        assertThat(text)
                .as("the variables work: what azure-core logs of others")
                .contains(LogSecrecyProgram.CONTROL);
        assertThat(text)
                .as("every way was gone")
                .contains("POST /v1/connections -> 400")
                .contains("POST /v1/connections -> 429")
                .contains("made Connection[")
                .contains("FabricOutcomeUnknownException");
        assertThat(text).doesNotContain("s3cr", "ü-value", LogSecrecyProgram.TOKEN);
    }
}
