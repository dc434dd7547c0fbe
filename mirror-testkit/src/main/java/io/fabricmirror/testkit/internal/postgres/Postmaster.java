package io.fabricmirror.testkit.internal.postgres;

import io.fabricmirror.testkit.internal.time.Waiting;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A running PostgreSQL server process. It runs under a small shell that ends it and deletes its folder as soon as this
 * JVM is gone, however it went: the shell reads from a pipe that only this JVM holds open.
 */
final class Postmaster {
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
    // A terminal's Ctrl-C reaches the shell too; it has to outlive that to clean up.
    private static final String GUARD = """
            trap '' INT HUP TERM
            folder=$1; shift
            "$@" >>"$folder/log" 2>&1 </dev/null &
            server=$!
            read how
            kill -"${how:-QUIT}" $server 2>/dev/null
            wait $server
            [ -n "$how" ] || rm -rf "$folder"
            """;

    private final RunFolder folder;
    private final Process guard;
    private final int earlierLines;

    private Postmaster(RunFolder folder, Process guard, int earlierLines) {
        this.folder = folder;
        this.guard = guard;
        this.earlierLines = earlierLines;
    }

    /** Starts a server and returns when it takes connections. */
    static Postmaster start(Binaries binaries, RunFolder folder) {
        List<String> server = Commands.unprivileged(List.of(
                binaries.program("postgres").toString(), "-D", folder.data().toString()));
        List<String> command = new ArrayList<>(
                List.of("sh", "-c", GUARD, "guard", folder.folder().toString()));
        command.addAll(server);
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD);
            builder.environment().put("LC_ALL", "C");
            builder.environment().put("TZ", "UTC");
            int earlierLines = lines(folder.log()).size();
            Postmaster postmaster = new Postmaster(folder, builder.start(), earlierLines);
            postmaster.awaitReady(server);
            return postmaster;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start PostgreSQL", e);
        }
    }

    private void awaitReady(List<String> command) {
        try {
            boolean decided = Waiting.until(() -> ready() || failed(), START_LIMIT);
            if (!decided || !ready()) {
                stop("QUIT");
                throw new IllegalStateException(Commands.explained(command, log()));
            }
        } catch (InterruptedException e) {
            stop("QUIT");
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while PostgreSQL started", e);
        }
    }

    private boolean ready() {
        return lines(folder.data().resolve("postmaster.pid")).stream()
                .anyMatch(line -> line.strip().equals("ready"));
    }

    private boolean failed() {
        return log().lines()
                .anyMatch(line ->
                        line.contains("FATAL:") || line.startsWith("unshare:") || line.contains("not permitted"));
    }

    private String log() {
        List<String> lines = lines(folder.log());
        return String.join("\n", lines.subList(Math.min(earlierLines, lines.size()), lines.size()));
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (IOException notYet) {
            return List.of();
        }
    }

    /** Ends the server as an operator's fast stop would: sessions are ended, nothing is lost. */
    void stop() {
        stop("INT");
    }

    private void stop(String signal) {
        try (OutputStream out = guard.getOutputStream()) {
            out.write((signal + "\n").getBytes(StandardCharsets.US_ASCII));
        } catch (IOException guardIsGone) {
            // Then the server is gone too, or about to be.
        }
        boolean interrupted = Thread.interrupted();
        try {
            if (!guard.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                guard.descendants().forEach(ProcessHandle::destroyForcibly);
                guard.destroyForcibly();
            }
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
