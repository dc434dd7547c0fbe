package io.fabricmirror;

import java.io.Console;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Shows a run's progress: what each step came to, and how far a wait has come. On a terminal the line of a wait is rewritten in place;
 * elsewhere it is one plain line every ten seconds of the run's time, without control characters. Thread-safe.
 */
public final class ConsoleListener implements MirrorListener {
    private static final Duration PLAIN_EVERY = Duration.ofSeconds(10);
    private static final int BAR = 20;
    private static final int WIDEST = 120;
    private static final String ERASE_LINE = "\r\u001b[2K";

    private final PrintStream out;
    private final boolean terminal;
    private final Map<String, Shown> runs = new LinkedHashMap<>();
    private boolean openLine;

    private ConsoleListener(PrintStream out, boolean terminal) {
        this.out = Objects.requireNonNull(out, "out");
        this.terminal = terminal;
    }

    /**
     * Returns a listener that rewrites lines if this program runs on a terminal.
     *
     * @param out the program's standard output or error; it stays open. For a file take {@link #lines(PrintStream)}
     */
    public ConsoleListener(PrintStream out) {
        this(out, isTerminal(System.console()));
    }

    /**
     * Returns a listener that writes plain lines.
     *
     * @param out where to write; it stays open
     * @return the listener
     */
    public static ConsoleListener lines(PrintStream out) {
        return new ConsoleListener(out, false);
    }

    /**
     * Returns a listener that rewrites the line of a wait.
     *
     * @param out a terminal; it stays open
     * @return the listener
     */
    public static ConsoleListener terminal(PrintStream out) {
        return new ConsoleListener(out, true);
    }

    @Override
    public synchronized void onEvent(MirrorEvent event) {
        Shown run = runs.computeIfAbsent(event.runId(), id -> new Shown());
        MirrorEvent.Kind kind = event.kind();
        if (kind.equals(MirrorEvent.Kind.STEP_STARTED)) {
            run.number(event.step());
        } else if (kind.equals(MirrorEvent.Kind.STEP_ENDED)) {
            String outcome = event.outcome().map(Outcome::value).orElse("");
            whole(head(event, run) + Text.padded(outcome, 14) + event.message());
        } else if (kind.equals(MirrorEvent.Kind.WAITING)) {
            passing(event, run, bar(event) + event.message());
        } else if (kind.equals(MirrorEvent.Kind.RETRYING) || kind.equals(MirrorEvent.Kind.BUDGET)) {
            passing(
                    event,
                    run,
                    kind + " in " + event.took().map(Report::seconds).orElse("a moment") + ": " + event.message());
        } else if (kind.equals(MirrorEvent.Kind.RUN_ENDED)) {
            runs.remove(event.runId());
            whole("", false);
        }
    }

    private void passing(MirrorEvent event, Shown run, String text) {
        String line = head(event, run) + "... " + text;
        if (terminal) {
            out.print(ERASE_LINE + (line.length() > WIDEST ? line.substring(0, WIDEST) : line));
            out.flush();
            openLine = true;
        } else if (run.isDue(event)) {
            out.println(line);
        }
    }

    private void whole(String line) {
        whole(line, true);
    }

    private void whole(String line, boolean end) {
        if (openLine) {
            out.print(ERASE_LINE);
            openLine = false;
        }
        if (end) {
            out.println(line);
        }
    }

    private String head(MirrorEvent event, Shown run) {
        String seconds = Report.seconds(event.elapsed());
        return " ".repeat(Math.max(0, 10 - seconds.length())) + seconds + "  "
                + (runs.size() > 1 ? Text.padded(event.planName(), 16) : "")
                + String.format("%3d ", run.number(event.step()))
                + Text.padded(event.step().value(), 16);
    }

    private static String bar(MirrorEvent event) {
        return event.progress()
                .filter(p -> p.total() > 0)
                .map(p -> {
                    int full = (int) (BAR * Math.min(p.done(), p.total()) / p.total());
                    return "[" + "#".repeat(full) + ".".repeat(BAR - full) + "]  " + p.done() + "/" + p.total() + " "
                            + p.unit() + "  ";
                })
                .orElse("");
    }

    /** From Java 22 on there is a console even where there is no terminal, and it can be asked. */
    private static boolean isTerminal(@Nullable Console console) {
        if (console == null) {
            return false;
        }

        try {
            Method asked = Console.class.getMethod("isTerminal");
            return Boolean.TRUE.equals(asked.invoke(console));
        } catch (NoSuchMethodException e) {
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }

    /** What was shown of one run. */
    private static final class Shown {
        private final Map<StepKey, Integer> numbers = new HashMap<>();
        private final Map<StepKey, Duration> last = new HashMap<>();

        int number(StepKey step) {
            return numbers.computeIfAbsent(step, key -> numbers.size() + 1);
        }

        boolean isDue(MirrorEvent event) {
            Duration before = last.get(event.step());
            if (before != null && event.elapsed().minus(before).compareTo(PLAIN_EVERY) < 0) {
                return false;
            }

            last.put(event.step(), event.elapsed());
            return true;
        }
    }
}
