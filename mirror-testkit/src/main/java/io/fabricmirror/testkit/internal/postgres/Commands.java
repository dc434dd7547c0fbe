package io.fabricmirror.testkit.internal.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs the programs of PostgreSQL and of the JDK. */
final class Commands {
    private static final long LIMIT_SECONDS = 60;

    private Commands() {}

    /** Returns the command as PostgreSQL lets it be run: never by root, so root goes into a user namespace of its own. */
    static List<String> unprivileged(List<String> command) {
        if (!System.getProperty("user.name", "").equals("root")) {
            return command;
        }

        List<String> wrapped = new ArrayList<>(List.of("unshare", "-U"));
        wrapped.addAll(command);
        return wrapped;
    }

    /** Runs a program to its end; a failure shows what it printed. */
    static String run(List<String> command, Map<String, String> environment) {
        return run(command, environment, "");
    }

    /** Runs a program that reads its orders from its input. */
    static String runWithInput(List<String> command, String input) {
        return run(command, Map.of("LC_ALL", "C", "TZ", "UTC"), input);
    }

    private static String run(List<String> command, Map<String, String> environment, String input) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().putAll(environment);
            Process process = builder.start();
            try (var in = process.getOutputStream()) {
                in.write(input.getBytes(StandardCharsets.UTF_8));
            }
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException(program(command) + " did not end in " + LIMIT_SECONDS + " s");
            }
            if (process.exitValue() != 0) {
                throw new IllegalStateException(explained(command, output));
            }

            return output;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot run " + program(command), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while " + program(command) + " ran", e);
        }
    }

    static String explained(List<String> command, String output) {
        String failed = program(command) + " failed: " + output.strip();
        if (command.get(0).equals("unshare") && output.contains("unshare")) {
            return failed
                    + ". PostgreSQL refuses to run as root, and this machine does not let root make a user namespace"
                    + " (unshare -U). Run as another user, for instance: runuser -u nobody -- mvn verify";
        }
        return failed;
    }

    private static String program(List<String> command) {
        String first = command.get(0).equals("unshare") ? command.get(2) : command.get(0);
        return String.valueOf(Path.of(first).getFileName());
    }
}
