package io.fabricmirror.testkit.internal.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabricmirror.testkit.internal.time.Waiting;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a run that was killed leaves behind. */
class KilledRunTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @Test
    void killedJvm_leavesNoProcessNoPortAndNoFile() throws IOException, InterruptedException {
        Run run = start();
        List<ProcessHandle> processes = run.jvm().descendants().toList();
        assertThat(processes).hasSizeGreaterThan(5); // guards, servers, their background processes, the proxy
        assertThat(run.ports()).hasSize(3).allMatch(KilledRunTest::answers);

        run.jvm().destroyForcibly();

        assertThat(Waiting.until(() -> processes.stream().noneMatch(ProcessHandle::isAlive), LIMIT))
                .as("processes end")
                .isTrue();
        assertThat(Waiting.until(() -> Files.notExists(run.folder()), LIMIT))
                .as("folder goes")
                .isTrue();
        assertThat(run.ports()).noneMatch(KilledRunTest::answers);
    }

    @Test
    void killedJvmAndGuard_areClearedAwayByTheNextStart() throws IOException, InterruptedException {
        Run run = start();
        List<ProcessHandle> processes = run.jvm().descendants().toList();
        run.jvm().children().forEach(ProcessHandle::destroyForcibly);
        run.jvm().destroyForcibly();
        run.jvm().onExit().join();
        assertThat(processes).anyMatch(ProcessHandle::isAlive);
        assertThat(run.folder()).exists();

        Cluster.start(Cluster.defaultMajor()).close();

        assertThat(Waiting.until(() -> processes.stream().noneMatch(ProcessHandle::isAlive), LIMIT))
                .as("processes end")
                .isTrue();
        assertThat(run.folder()).doesNotExist();
    }

    private record Run(ProcessHandle jvm, Path folder, List<Integer> ports) {}

    private static boolean answers(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException nobody) {
            return false;
        }
    }

    private static Run start() throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        StartsAndWaits.class.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        List<Integer> ports = new ArrayList<>();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith("port ")) {
                ports.add(Integer.parseInt(line.substring(5)));
            } else if (line.startsWith("/")) {
                return new Run(process.toHandle(), Path.of(line), ports);
            }
        }
        throw new IllegalStateException("The program did not start a server");
    }
}
