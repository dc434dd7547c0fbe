package io.fabricmirror.core.internal.run;

import io.fabricmirror.ApprovedPreview;
import io.fabricmirror.Change;
import io.fabricmirror.Consent;
import io.fabricmirror.PreviewStep;
import io.fabricmirror.PreviewWord;
import io.fabricmirror.Problem;
import io.fabricmirror.StalePreviewException;
import io.fabricmirror.StepKey;
import io.fabricmirror.TableFinding;
import io.fabricmirror.TableName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Holds a run to what was shown and approved. Compared is what decides a change: what would change from what to what, what needs consent,
 * what stands in the way, which tables are mirrored. Details, counts and times are not, nor what could not be known then.
 */
final class Approved {
    private final ApprovedPreview approved;
    private final Map<StepKey, PreviewStep> shown = new LinkedHashMap<>();

    Approved(ApprovedPreview approved) {
        this.approved = approved;
        approved.preview().steps().forEach(step -> shown.put(step.key(), step));
    }

    /**
     * Refuses if something moved since the preview.
     *
     * @throws StalePreviewException if it did
     */
    void refuseIfMoved(List<PreviewStep> looks, List<TableFinding> tables) {
        List<String> moved = new ArrayList<>();
        looks.forEach(look -> compare(look, moved));
        compareTables(tables, moved);
        if (!moved.isEmpty()) {
            throw new StalePreviewException(approved, moved);
        }
    }

    /** Tells what keeps a step from doing what needs a consent: the approval has ended, or covers less than this. */
    Optional<Problem> beyond(PreviewStep look, Instant now) {
        if (look.consents().isEmpty()) {
            return Optional.empty();
        } else if (ended(now)) {
            return Optional.of(ended());
        }

        PreviewStep then = shown.get(look.key());
        if (then == null || !isKnown(then)) {
            return Optional.empty();
        }

        List<Change> more = look.changes().stream()
                .filter(change -> !then.changes().contains(change))
                .toList();
        List<Consent> others = look.consents().stream()
                .filter(consent -> !then.consents().contains(consent))
                .toList();
        return more.isEmpty() && others.isEmpty()
                ? Optional.empty()
                : Optional.of(Problem.of("APPROVAL_EXCEEDED", "step " + look.key() + " would do more than was approved")
                        .seen("not in the approved preview: " + more + (others.isEmpty() ? "" : ", " + others))
                        .cause("something moved while the run was at work")
                        .remedy("preview again and have the rest approved; nothing that was done is repeated"));
    }

    Optional<String> reference() {
        return approved.approval().reference();
    }

    boolean ended(Instant now) {
        return approved.approval().notAfter().filter(now::isAfter).isPresent();
    }

    Problem ended() {
        return Problem.of(
                        "APPROVAL_ENDED",
                        approved.approval()
                                        .reference()
                                        .map(r -> "approval " + r)
                                        .orElse("the approval") + " of plan \""
                                + approved.preview().planName() + "\" ended "
                                + approved.approval()
                                        .notAfter()
                                        .map(Instant::toString)
                                        .orElse(""))
                .remedy("preview again and have the new preview approved");
    }

    private void compare(PreviewStep look, List<String> moved) {
        PreviewStep then = shown.get(look.key());
        if (then == null || !isKnown(then) || !isKnown(look)) {
            return;
        }

        String at = look.key() + ": ";
        boolean blocked = look.word().equals(PreviewWord.BLOCKED);
        String code = look.problem().map(Problem::code).orElse("");
        if (!then.problem().map(Problem::code).orElse("").equals(code)) {
            moved.add(at
                    + (blocked
                            ? look.problem().orElseThrow().what() + ", which did not stand in the way"
                            : then.detail() + ", which no longer stands in the way"));
            return;
        }

        then.changes().stream()
                .filter(change -> !look.changes().contains(change))
                .forEach(change -> moved.add(at + gone(change, look)));
        look.changes().stream()
                .filter(change -> then.changes().stream()
                        .noneMatch(
                                c -> c.what().equals(change.what()) && c.after().equals(change.after())))
                .filter(change ->
                        then.changes().stream().noneMatch(c -> c.what().equals(change.what())))
                .forEach(change -> moved.add(at + change + " is new"));
        look.consents().stream()
                .filter(consent -> !then.consents().contains(consent))
                .forEach(consent -> moved.add(at + consent + " was not needed, and is now"));
    }

    private static String gone(Change then, PreviewStep look) {
        String would = " (the preview would have set " + then.after() + ")";
        return look.changes().stream()
                .filter(change -> change.what().equals(then.what()))
                .filter(change -> !change.equals(then))
                .findFirst()
                .map(now -> then.what() + " was " + shown(then.before()) + ", is now " + shown(now.before())
                        + (now.after().equals(then.after()) ? "" : " and would become " + now.after()) + would)
                .orElse(then.what() + " was " + shown(then.before()) + ", and needs no change any more" + would);
    }

    private void compareTables(List<TableFinding> tables, List<String> moved) {
        List<TableFinding> then = approved.preview().tables();
        if (then.isEmpty() || tables.isEmpty()) {
            return;
        }

        Map<TableName, Boolean> before = mirrored(then);
        Map<TableName, Boolean> now = mirrored(tables);
        now.forEach((table, mirrored) -> {
            Boolean was = before.get(table);
            if (was == null) {
                moved.add(StepKey.TABLES + ": " + table + " is new, and " + (mirrored ? "would be" : "not")
                        + " mirrored");
            } else if (!was.equals(mirrored)) {
                moved.add(StepKey.TABLES + ": " + table + (mirrored ? " was not mirrored" : " was mirrored") + ", and "
                        + (mirrored ? "would be now" : "cannot be any more"));
            }
        });
        before.keySet().stream()
                .filter(table -> !now.containsKey(table))
                .forEach(table -> moved.add(StepKey.TABLES + ": " + table + " is gone"));
    }

    private static Map<TableName, Boolean> mirrored(List<TableFinding> tables) {
        Map<TableName, Boolean> mirrored = new TreeMap<>();
        tables.forEach(t -> mirrored.put(t.table(), t.severity() != TableFinding.Severity.SKIPPED));
        return mirrored;
    }

    private static boolean isKnown(PreviewStep step) {
        return !step.word().equals(PreviewWord.LATER) && !step.word().equals(PreviewWord.CANNOT_SEE);
    }

    private static String shown(String value) {
        return value.isEmpty() ? "absent" : value;
    }
}
