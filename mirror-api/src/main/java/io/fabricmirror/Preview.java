package io.fabricmirror;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** What applying a plan would change and what it needs. Immutable. */
public final class Preview {
    private final String planName;
    private final String subject;
    private final List<PreviewStep> steps;
    private final List<TableFinding> tables;

    private Preview(String planName, String subject, List<PreviewStep> steps, List<TableFinding> tables) {
        this.planName = Objects.requireNonNull(planName, "planName");
        this.subject = Objects.requireNonNull(subject, "subject");
        this.steps = List.copyOf(steps);
        this.tables = List.copyOf(tables);
    }

    /**
     * Returns a preview.
     *
     * @param planName the plan's name
     * @param subject from where to where, on one line
     * @param steps the steps in their order
     * @param tables a finding for each table looked at; empty if tables could not be looked at
     * @return the preview
     */
    public static Preview of(String planName, String subject, List<PreviewStep> steps, List<TableFinding> tables) {
        return new Preview(planName, subject, steps, tables);
    }

    /**
     * Returns the plan's name.
     *
     * @return the name
     */
    public String planName() {
        return planName;
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
                .orElseThrow(() -> new IllegalArgumentException("no step " + key + " in the preview of " + planName));
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
        return "Preview of " + planName + ": " + steps.size() + " steps, " + changes + " would change, needs "
                + missingConsents() + ", " + obstacles().size() + " obstacles";
    }
}
