package io.fabricmirror;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * What applying a plan would change and what it needs. Immutable; each method that sets something returns a changed copy. Keep it as JSON
 * with {@code io.fabricmirror.core.MirrorJson}, let somebody read it, and apply it with {@link #approve(Approval)}.
 */
public final class Preview {
    private final Plan plan;
    private final Instant takenAt;
    private final String subject;
    private final List<PreviewStep> steps;
    private final List<TableFinding> tables;
    private final String sql;
    private final List<Permission> permissions;

    private Preview(
            Plan plan,
            Instant takenAt,
            String subject,
            List<PreviewStep> steps,
            List<TableFinding> tables,
            String sql,
            List<Permission> permissions) {
        this.plan = Objects.requireNonNull(plan, "plan");
        this.takenAt = Objects.requireNonNull(takenAt, "takenAt");
        this.subject = Objects.requireNonNull(subject, "subject");
        this.steps = List.copyOf(steps);
        this.tables = List.copyOf(tables);
        this.sql = Objects.requireNonNull(sql, "sql");
        this.permissions = List.copyOf(permissions);
    }

    /**
     * Returns a preview without a script and without permissions.
     *
     * @param plan the plan
     * @param takenAt when the world was looked at
     * @param subject from where to where, on one line
     * @param steps the steps in their order
     * @param tables a finding for each table looked at; empty if tables could not be looked at
     * @return the preview
     */
    public static Preview of(
            Plan plan, Instant takenAt, String subject, List<PreviewStep> steps, List<TableFinding> tables) {
        return new Preview(plan, takenAt, subject, steps, tables, "", List.of());
    }

    /**
     * Sets the SQL that an apply would send.
     *
     * @param script the script, without a secret
     * @return a copy with it
     */
    public Preview sql(String script) {
        return new Preview(plan, takenAt, subject, steps, tables, script, permissions);
    }

    /**
     * Sets what the identity behind the executor must be allowed to do.
     *
     * @param needed the permissions
     * @return a copy with them
     */
    public Preview permissions(List<Permission> needed) {
        return new Preview(plan, takenAt, subject, steps, tables, sql, needed);
    }

    /**
     * Returns the plan.
     *
     * @return the plan that was looked at
     */
    public Plan plan() {
        return plan;
    }

    /**
     * Returns the plan's name.
     *
     * @return the name
     */
    public String planName() {
        return plan.name();
    }

    /**
     * Returns when the world was looked at.
     *
     * @return the moment by the executor's clock
     */
    public Instant takenAt() {
        return takenAt;
    }

    /**
     * Returns from where to where the plan goes.
     *
     * @return one line
     */
    public String subject() {
        return subject;
    }

    /**
     * Returns the SQL that an apply would send, as a script to read. A password never stands in it: where the server gets a verifier,
     * there is a placeholder. What can only be known after an earlier step is left out, and a comment says so.
     *
     * @return the script; empty text if the plan sends none
     */
    public String sql() {
        return sql;
    }

    /**
     * Returns what the identity behind the executor must be allowed to do, for the plan and whatever the state of the world.
     *
     * @return the permissions, those of a preview first
     */
    public List<Permission> permissions() {
        return permissions;
    }

    /**
     * Binds an approval to what this preview shows.
     *
     * @param approval what somebody agrees to
     * @return what {@link MirrorExecutor#apply(ApprovedPreview)} takes
     */
    public ApprovedPreview approve(Approval approval) {
        return new ApprovedPreview(this, approval);
    }

    /**
     * Returns the steps.
     *
     * @return every step of the plan, in the order in which they run
     */
    public List<PreviewStep> steps() {
        return steps;
    }

    /**
     * Returns one step.
     *
     * @param key the step's key
     * @return the step
     * @throws IllegalArgumentException if the plan has no such step
     */
    public PreviewStep step(StepKey key) {
        return steps.stream()
                .filter(s -> s.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no step " + key + " in the preview of " + planName()));
    }

    /**
     * Returns a finding for each table looked at.
     *
     * @return the findings, ordered by table; empty if tables could not be looked at
     */
    public List<TableFinding> tables() {
        return tables;
    }

    /**
     * Returns what a run must agree to before anything is changed.
     *
     * @return the consents, in their declared order
     */
    public Set<Consent> missingConsents() {
        Set<Consent> consents = new TreeSet<>();
        steps.forEach(s -> consents.addAll(s.consents()));
        return consents;
    }

    /**
     * Returns what stands in the way of the plan, consents apart.
     *
     * @return the problems; empty if nothing does
     */
    public List<Problem> obstacles() {
        return steps.stream()
                .filter(s -> s.word().equals(PreviewWord.BLOCKED))
                .flatMap(s -> s.problem().stream())
                .toList();
    }

    /**
     * Returns what the caller may not look at. Applying stops there, because nobody knows what would be changed.
     *
     * @return the problems; empty if everything could be looked at
     */
    public List<Problem> unseen() {
        return steps.stream()
                .filter(s -> s.word().equals(PreviewWord.CANNOT_SEE))
                .flatMap(s -> s.problem().stream())
                .toList();
    }

    /**
     * Tells whether every step is satisfied.
     *
     * @return whether applying would change nothing
     */
    public boolean nothingToChange() {
        return steps.stream().allMatch(s -> s.word().equals(PreviewWord.SATISFIED));
    }

    /**
     * Returns the preview as text for people: a line for each step, its changes and consents, the tables that are not simply fine.
     *
     * @return lines that end with a newline
     */
    public String text() {
        return PreviewText.of(this, subject);
    }

    /** Returns the preview on one line. */
    @Override
    public String toString() {
        long changes = steps.stream().filter(s -> !s.changes().isEmpty()).count();
        return "Preview of " + planName() + ": " + steps.size() + " steps, " + changes + " would change, needs "
                + missingConsents() + ", " + obstacles().size() + " obstacles";
    }
}
