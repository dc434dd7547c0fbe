package io.fabricmirror;

import java.io.PrintStream;
import java.util.Objects;

/**
 * Shows a run's progress as plain lines: what each step came to, and what it waits for. Writes no control characters, so it does as
 * well in a log file. Thread-safe, as the stream is.
 */
public final class ConsoleListener implements MirrorListener {
    private final PrintStream out;

    /**
     * Returns a listener.
     *
     * @param out where to write; it stays open
     */
    public ConsoleListener(PrintStream out) {
        this.out = Objects.requireNonNull(out, "out");
    }

    @Override
    public void onEvent(MirrorEvent event) {
        boolean ended = event.kind().equals(MirrorEvent.Kind.STEP_ENDED);
        if (ended || event.kind().equals(MirrorEvent.Kind.WAITING)) {
            String seconds = Report.seconds(event.elapsed());
            out.println(" ".repeat(Math.max(0, 10 - seconds.length())) + seconds + "  "
                    + Text.padded(event.step().value(), 16) + (ended ? "" : "... ") + event.message());
        }
    }
}
