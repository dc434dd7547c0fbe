package io.fabricmirror.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program in a virtual environment, pointed at a local Azure by its own variables, with a home folder that is thrown away. */
final class Tool {
    private static final int LIMIT_SECONDS = 120;

    private final Path bin;
    private final Path home;
    private final Map<String, String> environment;

    /** What a run of the program gave. */
    record Run(int exit, String output) {
        Run succeeded() {
            assertThat(exit).as(output).isZero();
            return this;
        }
    }

    private Tool(Path bin, Path home, Map<String, String> environment) {
        this.bin = bin;
        this.home = home;
        this.environment = environment;
    }

    /** Returns a package's programs; fails when {@code .ci/strangers} could not install it, with what pip said. */
    static Tool of(String name, Path home, LocalAzure azure) throws IOException {
        Path installed = Path.of(System.getProperty("strangers.home"));
        Path log = installed.resolve(name + ".log");
        assertThat(installed.resolve(name).resolve("ready"))
                .as("%s is installed; pip said: %s", name, Files.exists(log) ? Files.readString(log) : "nothing")
                .exists();
        return new Tool(
                installed.resolve(name).resolve("bin"), home, azure.proxy().environment());
    }

    Run run(String program, String... arguments) throws IOException, InterruptedException {
        return run(Map.of(), program, arguments);
    }

    Run run(Map<String, String> more, String program, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(bin.resolve(program).toString()));
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile(home, "output", null);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        Map<String, String> own = builder.environment();
        own.clear(); // what this machine is set up with must not help or hinder
        own.putAll(environment);
        own.put("HOME", home.toString());
        own.put("PATH", bin + ":/usr/bin:/bin");
        own.put("LC_ALL", "C.UTF-8");
        own.putAll(more);
        Process process = builder.start();
        process.getOutputStream().close();
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            throw new AssertionError(program + " did not end in " + LIMIT_SECONDS + " s and printed: "
                    + Files.readString(output, StandardCharsets.UTF_8));
        }
        return new Run(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
    }
}
