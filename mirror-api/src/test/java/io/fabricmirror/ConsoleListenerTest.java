package io.fabricmirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("G48")
class ConsoleListenerTest {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(written, true, StandardCharsets.UTF_8);

    @Test
    void onEvent_lines_aWaitIsOneLineEveryTenSecondsWithoutControlCharacters() {
        MirrorListener listener = ConsoleListener.lines(out);

        listener.onEvent(event(MirrorEvent.Kind.STEP_STARTED, 0));
        for (int second = 1; second <= 25; second++) {
            listener.onEvent(
                    event(MirrorEvent.Kind.WAITING, second).progress(new MirrorEvent.Progress(second, 25, "tables")));
        }
        listener.onEvent(event(MirrorEvent.Kind.STEP_ENDED, 26).outcome(Outcome.CHANGED));

        List<String> lines = text().lines().toList();
        assertThat(lines).hasSize(4);
        assertThat(lines.get(0)).contains("1.0 s", "1 verified", "1/25 tables");
        assertThat(lines.get(1)).contains("11.0 s", "[########............]  11/25 tables");
        assertThat(lines.get(2)).contains("21.0 s");
        assertThat(lines.get(3)).contains("26.0 s", "changed");
        assertThat(text().chars().filter(c -> c < ' ' && c != '\n' && c != '\r'))
                .isEmpty();
        assertThat(text().replace(System.lineSeparator(), "\n")).doesNotContain("\r");
    }

    @Test
    void onEvent_terminal_rewritesTheLineOfTheWaitAndEndsWithAWholeOne() {
        MirrorListener listener = ConsoleListener.terminal(out);

        listener.onEvent(event(MirrorEvent.Kind.STEP_STARTED, 0));
        listener.onEvent(event(MirrorEvent.Kind.WAITING, 1));
        listener.onEvent(event(MirrorEvent.Kind.WAITING, 2));
        listener.onEvent(event(MirrorEvent.Kind.STEP_ENDED, 3).outcome(Outcome.SATISFIED));

        assertThat(text().chars().filter(c -> c == '\n')).as("whole lines").hasSize(1);
        assertThat(text().split("\u001b\\[2K", -1)).as("rewritten three times").hasSize(4);
        assertThat(text()).startsWith("\r\u001b[2K").endsWith("satisfied     said" + System.lineSeparator());
    }

    @Test
    void onEvent_retryAndBudget_areShown() {
        MirrorListener listener = ConsoleListener.lines(out);

        listener.onEvent(event(MirrorEvent.Kind.RETRYING, 1).took(Duration.ofSeconds(4)));
        listener.onEvent(event(MirrorEvent.Kind.BUDGET, 20).took(Duration.ofSeconds(9)));

        assertThat(text()).contains("retrying in 4.0 s: said", "budget in 9.0 s: said");
    }

    private static MirrorEvent event(MirrorEvent.Kind kind, int second) {
        return MirrorEvent.of(
                kind,
                "run",
                "orders",
                StepKey.VERIFIED,
                "said",
                Instant.EPOCH.plusSeconds(second),
                Duration.ofSeconds(second));
    }

    private String text() {
        return written.toString(StandardCharsets.UTF_8);
    }
}
