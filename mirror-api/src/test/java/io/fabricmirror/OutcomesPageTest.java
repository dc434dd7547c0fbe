package io.fabricmirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The published tables are those of the code. */
@Tag("G61")
class OutcomesPageTest {
    @Test
    void page_previewWords_leadToTheOutcomesOfTheCode() throws IOException {
        String rows = Stream.of(
                        PreviewWord.SATISFIED,
                        PreviewWord.CHANGE,
                        PreviewWord.LATER,
                        PreviewWord.NEEDS_CONSENT,
                        PreviewWord.CANNOT_SEE,
                        PreviewWord.BLOCKED)
                .map(word -> "| " + word + " | "
                        + word.possibleOutcomes().stream().map(Outcome::value).collect(Collectors.joining(", ")) + " |")
                .collect(Collectors.joining("\n"));

        assertThat(page()).contains(rows);
    }

    @Test
    void page_verdicts_haveTheExitCodesOfTheCode() throws IOException {
        for (Verdict verdict : Verdict.values()) {
            assertThat(page().lines().filter(line -> line.startsWith("| `" + verdict + "` |")))
                    .singleElement()
                    .asString()
                    .endsWith("| " + verdict.exitCode() + " |");
        }
    }

    @Test
    void page_everyOutcome_isExplained() throws IOException {
        for (Outcome outcome : List.of(
                Outcome.SATISFIED,
                Outcome.CHANGED,
                Outcome.IN_PROGRESS,
                Outcome.NEEDS_ACTION,
                Outcome.FAILED,
                Outcome.UNKNOWN,
                Outcome.NOT_REACHED)) {
            assertThat(page()).contains("| *" + outcome + "* |");
        }
    }

    private static String page() throws IOException {
        return Files.readString(Path.of("..", "docs", "outcomes.md"));
    }
}
