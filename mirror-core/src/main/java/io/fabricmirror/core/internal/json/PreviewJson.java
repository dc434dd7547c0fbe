package io.fabricmirror.core.internal.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabricmirror.Change;
import io.fabricmirror.Consent;
import io.fabricmirror.MirrorException;
import io.fabricmirror.MirrorPlan;
import io.fabricmirror.Permission;
import io.fabricmirror.Preview;
import io.fabricmirror.PreviewStep;
import io.fabricmirror.PreviewWord;
import io.fabricmirror.Problem;
import io.fabricmirror.StepKey;
import io.fabricmirror.TableFinding;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads and writes previews. */
public final class PreviewJson {
    /** The version this library writes and reads; one of another version has to be made anew. */
    public static final int VERSION = 1;

    private PreviewJson() {}

    /**
     * Writes a preview.
     *
     * @param preview the preview
     * @return the object
     * @throws MirrorException if plans of its kind have no JSON
     */
    public static ObjectNode write(Preview preview) {
        ObjectNode json = Parts.object()
                .put("version", VERSION)
                .put("kind", "preview")
                .put("takenAt", preview.takenAt().toString());
        json.set("plan", PlanJson.write(preview.plan()));
        json.put("subject", preview.subject());
        json.set("missingConsents", Parts.texts(names(List.copyOf(preview.missingConsents()))));
        json.set("steps", Parts.list(preview.steps(), PreviewJson::step));
        json.set("tables", Parts.list(preview.tables(), PreviewJson::table));
        json.set("permissions", Parts.list(preview.permissions(), PreviewJson::permission));
        return json.put("sql", preview.sql());
    }

    /**
     * Reads a preview.
     *
     * @param text the document
     * @return the preview
     * @throws MirrorException if it is of another version or cannot be read; every mistake is named with its line, column and path
     */
    public static Preview read(String text) {
        return Documents.read(text, "preview", VERSION, PreviewJson::read);
    }

    private static Optional<Preview> read(Fields fields, Mistakes mistakes) {
        Optional<Instant> takenAt = fields.text("takenAt", Instant::parse);
        Optional<MirrorPlan> plan = fields.object("plan", f -> PlanJson.read(f, mistakes));
        // Derived from the steps; written for those who read the file.
        fields.texts("missingConsents");
        List<PreviewStep> steps = fields.objects("steps", f -> step(f, mistakes));
        List<TableFinding> tables = fields.objects("tables", PreviewJson::table);
        List<Permission> permissions = fields.objects("permissions", PreviewJson::permission);
        String sql = Parts.text(fields, "sql");
        String subject = Parts.required(fields, "subject");
        fields.require("takenAt", "this was not written by this library");
        fields.require("plan", "this was not written by this library");
        return takenAt.isPresent() && plan.isPresent()
                ? Optional.of(Preview.of(plan.get(), takenAt.get(), subject, steps, tables)
                        .permissions(permissions)
                        .sql(sql))
                : Optional.empty();
    }

    private static ObjectNode step(PreviewStep step) {
        ObjectNode json = Parts.object()
                .put("step", step.key().value())
                .put("word", step.word().value())
                .put("detail", step.detail());
        if (!step.changes().isEmpty()) {
            json.set("changes", Parts.list(step.changes(), Parts::change));
        }
        if (!step.consents().isEmpty()) {
            json.set("consents", Parts.texts(names(step.consents())));
        }
        step.problem().ifPresent(problem -> json.set("problem", Parts.problem(problem)));
        return json;
    }

    private static Optional<PreviewStep> step(Fields fields, Mistakes mistakes) {
        StepKey key = Parts.step(fields);
        String word = Parts.required(fields, "word");
        String detail = Parts.text(fields, "detail");
        List<Change> changes = fields.objects("changes", Parts::change);
        List<Consent> consents = consents(fields);
        Optional<Problem> problem = fields.object("problem", Parts::problem);
        if (word.equals(PreviewWord.SATISFIED.value())) {
            return Optional.of(PreviewStep.satisfied(key, detail));
        } else if (word.equals(PreviewWord.LATER.value())) {
            return Optional.of(PreviewStep.later(key, detail));
        } else if (word.equals(PreviewWord.CHANGE.value()) || word.equals(PreviewWord.NEEDS_CONSENT.value())) {
            return Optional.of(PreviewStep.change(key, detail, changes, consents));
        } else if (word.equals(PreviewWord.CANNOT_SEE.value()) && problem.isPresent()) {
            return Optional.of(PreviewStep.cannotSee(key, problem.get()));
        } else if (word.equals(PreviewWord.BLOCKED.value()) && problem.isPresent()) {
            return Optional.of(PreviewStep.blocked(key, problem.get()));
        }

        mistakes.add(fields.at("word"), "\"" + word + "\" is no word of a preview, or lacks its problem");
        return Optional.empty();
    }

    private static List<Consent> consents(Fields fields) {
        List<Consent> consents = new ArrayList<>();
        fields.texts("consents")
                .forEach(name -> fields.converted("consents", () -> Consent.valueOf(name))
                        .ifPresent(consents::add));
        return consents;
    }

    private static List<String> names(List<Consent> consents) {
        return consents.stream().map(Consent::name).toList();
    }

    private static ObjectNode table(TableFinding finding) {
        return Parts.table(finding.table())
                .put("severity", finding.severity().name())
                .put("code", finding.code())
                .put("reason", finding.reason())
                .put("remedy", finding.remedy());
    }

    private static Optional<TableFinding> table(Fields fields) {
        var table = Parts.table(fields);
        String code = Parts.text(fields, "code");
        String reason = Parts.text(fields, "reason");
        String remedy = Parts.text(fields, "remedy");
        return fields.text("severity", TableFinding.Severity::valueOf)
                .map(severity -> new TableFinding(table, severity, code, reason, remedy));
    }

    private static ObjectNode permission(Permission permission) {
        ObjectNode json = Parts.object()
                .put("purpose", permission.purpose().value())
                .put("area", permission.area())
                .put("name", permission.name())
                .put("scope", permission.scope());
        json.set(
                "steps",
                Parts.texts(permission.steps().stream().map(StepKey::value).toList()));
        return json;
    }

    private static Optional<Permission> permission(Fields fields) {
        return Optional.of(new Permission(
                new Permission.Purpose(Parts.required(fields, "purpose")),
                Parts.required(fields, "area"),
                Parts.required(fields, "name"),
                Parts.required(fields, "scope"),
                fields.texts("steps").stream().map(StepKey::new).toList()));
    }
}
