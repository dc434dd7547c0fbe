package io.fabricmirror.fabric;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may do it is told at each call, or at the class for all of its calls. */
class JavadocTest {
    private static final Pattern CALL =
            Pattern.compile("    /\\*\\*\\n((?:(?!\\*/).)*)\\*/\\n    public [^\\n(]*?(\\w+)\\(", Pattern.DOTALL);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Workspaces",
                "Capacities",
                "Connections",
                "Gateways",
                "MirroredDatabases",
                "Items",
                "Operations",
                "Git",
                "DeploymentPipelines"
            })
    void calls_tellTheirPermissionsAndTheSource(String group) throws IOException {
        String source = Files.readString(Path.of("src/main/java/io/fabricmirror/fabric/" + group + ".java"));
        String head = source.substring(0, source.indexOf("public final class"));
        Matcher calls = CALL.matcher(source);

        assertThat(head).contains("<p>Source of permissions, limits and errors: <a href=");
        int number = 0;
        while (calls.find()) {
            number++;
            assertThat(head + calls.group(1)).as(calls.group(2)).contains("<p>Permissions: ");
        }
        assertThat(number).isPositive();
    }
}
