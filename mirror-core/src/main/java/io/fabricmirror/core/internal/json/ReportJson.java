package io.fabricmirror.core.internal.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabricmirror.Milestone;
import io.fabricmirror.MirrorException;
import io.fabricmirror.Outcome;
import io.fabricmirror.Report;
import io.fabricmirror.RunFacts;
import io.fabricmirror.StepResult;
import io.fabricmirror.TableProgress;
import io.fabricmirror.TimelineEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Reads and writes reports. */
public final class ReportJson {
    /** The version this library writes and reads. */
    public static final int VERSION = 1;

    private ReportJson() {}

    /**
     * Writes a report.
     *
     * @param report the report
     * @return the object; verdict, exit code and summary stand in it for those who do not want to fold the steps themselves
     */
    public static ObjectNode write(Report report) {
        ObjectNode json = Parts.object()
                .put("version", VERSION)
                .put("kind", "report")
                .put("plan", report.planName())
                .put("verdict", report.verdict().name())
                .put("exitCode", report.verdict().exitCode())
                .put("summary", report.summary())
                .put("milestone", report.milestone().name())
                .put("elapsed", report.elapsed().toString());
        json.set("run", run(report.run()));
        json.set("steps", Parts.list(report.steps(), ReportJson::step));
        json.set("tables", Parts.list(report.tables(), ReportJson::table));
        return json;
    }

    /**
     * Reads a report.
     *
     * @param text the document
     * @return the report
     * @throws MirrorException if it is of another version or cannot be read; every mistake is named with its line, column and path
     */
    public static Report read(String text) {
        return Documents.read(text, "report", VERSION, (fields, mistakes) -> read(fields));
    }

    private static Optional<Report> read(Fields fields) {
        String plan = Parts.required(fields, "plan");
        // Derived from the rest.
        fields.text("verdict");
        fields.number("exitCode");
        fields.text("summary");
        Optional<Milestone> milestone = fields.text("milestone", Milestone::valueOf);
        Optional<Duration> elapsed = fields.text("elapsed", Duration::parse);
        Optional<RunFacts> run = fields.object("run", ReportJson::run);
        List<StepResult> steps = fields.objects("steps", ReportJson::step);
        List<TableProgress> tables = fields.objects("tables", ReportJson::table);
        return milestone.isPresent() && elapsed.isPresent()
                ? Optional.of(Report.of(plan, milestone.get(), steps, tables, elapsed.get())
                        .run(run.orElse(RunFacts.NONE)))
                : Optional.empty();
    }

    private static ObjectNode run(RunFacts run) {
        ObjectNode json = Parts.object().put("id", run.id());
        run.begin().ifPresent(begin -> json.put("begin", begin.toString()));
        run.reference().ifPresent(reference -> json.put("reference", reference));
        ObjectNode made = json.putObject("made");
        new TreeMap<>(run.made()).forEach(made::put);
        json.set("timeline", Parts.list(run.timeline(), ReportJson::entry));
        return json;
    }

    private static Optional<RunFacts> run(Fields fields) {
        String id = Parts.text(fields, "id");
        Optional<Instant> begin = fields.text("begin", Instant::parse);
        Optional<String> reference = fields.text("reference");
        RunFacts facts = (begin.isPresent() ? RunFacts.of(id, begin.get()) : RunFacts.NONE)
                .made(fields.map("made"))
                .timeline(fields.objects("timeline", ReportJson::entry));
        return Optional.of(reference.map(facts::reference).orElse(facts));
    }

    private static ObjectNode entry(TimelineEntry entry) {
        return Parts.object()
                .put("kind", entry.kind().value())
                .put("step", entry.step().value())
                .put("what", entry.what())
                .put("start", entry.start().toString())
                .put("took", entry.took().toString())
                .put("result", entry.result());
    }

    private static Optional<TimelineEntry> entry(Fields fields) {
        TimelineEntry.Kind kind = new TimelineEntry.Kind(Parts.required(fields, "kind"));
        var step = Parts.step(fields);
        String what = Parts.text(fields, "what");
        String result = Parts.text(fields, "result");
        Optional<Duration> start = fields.text("start", Duration::parse);
        Optional<Duration> took = fields.text("took", Duration::parse);
        return start.isPresent() && took.isPresent()
                ? Optional.of(new TimelineEntry(kind, step, what, start.get(), took.get(), result))
                : Optional.empty();
    }

    private static ObjectNode step(StepResult step) {
        ObjectNode json = Parts.object()
                .put("step", step.key().value())
                .put("outcome", step.outcome().value())
                .put("detail", step.detail());
        if (!step.changes().isEmpty()) {
            json.set("changes", Parts.list(step.changes(), Parts::change));
        }
        step.problem().ifPresent(problem -> json.set("problem", Parts.problem(problem)));
        return json;
    }

    private static Optional<StepResult> step(Fields fields) {
        var key = Parts.step(fields);
        Outcome outcome = new Outcome(Parts.required(fields, "outcome"));
        String detail = Parts.text(fields, "detail");
        var changes = fields.objects("changes", Parts::change);
        return Optional.of(fields.object("problem", Parts::problem)
                .map(problem -> StepResult.of(key, outcome, problem, changes))
                .orElseGet(() -> StepResult.of(key, outcome, detail, changes)));
    }

    private static ObjectNode table(TableProgress table) {
        return Parts.table(table.table())
                .put("state", table.state())
                .put("sourceRows", table.sourceRows())
                .put("processedRows", table.processedRows())
                .put("error", table.error());
    }

    private static Optional<TableProgress> table(Fields fields) {
        return Optional.of(new TableProgress(
                Parts.table(fields),
                Parts.text(fields, "state"),
                fields.number("sourceRows").orElse(-1L),
                fields.number("processedRows").orElse(0L),
                Parts.text(fields, "error")));
    }
}
