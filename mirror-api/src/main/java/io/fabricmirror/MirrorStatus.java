package io.fabricmirror;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * How a mirror is at one moment: the mirrored database, its tables, what the source holds back for it. Immutable.
 *
 * @param planName the plan's name
 * @param at when it was looked at
 * @param health what it comes to
 * @param state the service's own word for the mirrored database, such as {@code Running}; empty text if there is none
 * @param tables the tables, ordered by name; empty unless the mirror is running
 * @param source how the source bears it, if it could be looked at: slots, WAL held, what is over a threshold
 * @param problems what is wrong, the likely cause first; empty if nothing
 */
public record MirrorStatus(
        String planName,
        Instant at,
        MirrorHealth health,
        String state,
        List<TableStatus> tables,
        Optional<SourceHealth> source,
        List<Problem> problems) {
    /**
     * Rejects missing values and copies the lists.
     *
     * @param planName must not be null
     * @param at must not be null
     * @param health must not be null
     * @param state must not be null
     * @param tables must not be null
     * @param source must not be null
     * @param problems must not be null
     */
    public MirrorStatus {
        Objects.requireNonNull(planName, "planName");
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(health, "health");
        Objects.requireNonNull(state, "state");
        tables = List.copyOf(tables);
        Objects.requireNonNull(source, "source");
        problems = List.copyOf(problems);
    }

    /**
     * Returns the longest time between commit at the source and in the copy.
     *
     * @return the lag, if the service tells it of any table
     */
    public Optional<Duration> lag() {
        return tables.stream().flatMap(t -> t.lag().stream()).max(Duration::compareTo);
    }

    /**
     * Returns how much WAL the source holds back for its slowest reader.
     *
     * @return the size in bytes, if the source could be looked at
     */
    public Optional<Long> walHeldBytes() {
        return source.map(SourceHealth::walHeldBytes);
    }

    /**
     * Returns the status as text for people: a line for the mirror, one for each table, problems in full.
     *
     * @return lines that end with a newline
     */
    public String text() {
        StringBuilder text = new StringBuilder("STATUS  ").append(this).append('\n');
        if (!tables.isEmpty()) {
            text.append(String.format(
                    Locale.ROOT, "%n  %-30s%-16s%12s%12s%8s%n", "table", "state", "source ~", "processed", "lag"));
        }
        for (TableStatus table : tables) {
            text.append(String.format(
                    Locale.ROOT,
                    "  %-30s%-16s%12s%,12d%8s  %s%n",
                    table.table(),
                    table.state(),
                    table.sourceRows() < 0 ? "" : String.format(Locale.ROOT, "%,d", table.sourceRows()),
                    table.processedRows(),
                    table.lag().map(lag -> lag.toSeconds() + " s").orElse(""),
                    table.error()));
        }
        problems.forEach(problem -> text.append('\n').append(problem.text()));
        return text.toString();
    }

    /** Returns the status on one line. */
    @Override
    public String toString() {
        long replicating = tables.stream().filter(TableStatus::replicates).count();
        return planName + ": " + health + (state.isEmpty() ? "" : ", " + state)
                + (tables.isEmpty() ? "" : ", " + replicating + "/" + tables.size() + " tables replicating")
                + lag().map(lag -> ", lag " + lag.toSeconds() + " s").orElse("")
                + walHeldBytes()
                        .map(held -> String.format(Locale.ROOT, ", %.1f MB WAL held", held / 1048576.0))
                        .orElse("");
    }
}
