package io.fabricmirror.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A table much larger than the memory there is: the program runs in a heap that could not hold it. */
@Tag("large")
class MillionRowsTest {
    private static final String HEAP = "-Xmx48m";

    @Test
    void millionRows_inASmallHeap_endEqualByCountAndChecksum() throws IOException, InterruptedException {
        Process program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        HEAP,
                        "-cp",
                        System.getProperty("java.class.path"),
                        MillionRows.class.getName())
                .redirectErrorStream(true)
                .start();
        String output = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(program.waitFor()).as(output).isZero();

        Map<String, String> printed = new HashMap<>();
        output.lines()
                .filter(line -> line.matches("(seconds|snapshot|changes) .*"))
                .forEach(line -> printed.put(line.replaceAll(" [-0-9. E]+$", ""), line.replaceAll("^[a-z ]+", "")));
        assertThat(printed).as(output).hasSize(5);
        assertThat(printed.get("snapshot copy")).startsWith("1000000 ").isEqualTo(printed.get("snapshot source"));
        assertThat(printed.get("changes copy")).startsWith("1000000 ").isEqualTo(printed.get("changes source"));
        assertThat(1_000_000 / Double.parseDouble(printed.get("seconds")))
                .as("rows a second")
                .isGreaterThan(20_000);
    }
}
