package io.fabricmirror;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a preview says of one step. Immutable. */
public final class PreviewStep {
    private final StepKey key;
    private final PreviewWord word;
    private final String detail;
    private final List<Change> changes;
    private final List<Consent> consents;
    private final @Nullable Problem problem;

    private PreviewStep(
            StepKey key,
            PreviewWord word,
            String detail,
            List<Change> changes,
            List<Consent> consents,
            @Nullable Problem problem) {
        this.key = Objects.requireNonNull(key, "key");
        this.word = Objects.requireNonNull(word, "word");
        this.detail = Objects.requireNonNull(detail, "detail");
        this.changes = List.copyOf(changes);
        this.consents = List.copyOf(consents);
        this.problem = problem;
    }

    /**
     * Returns a step that is true already.
     *
     * @param key the step
     * @param detail what was seen
     * @return the step
     */
    public static PreviewStep satisfied(StepKey key, String detail) {
        return new PreviewStep(key, PreviewWord.SATISFIED, detail, List.of(), List.of(), null);
    }

    /**
     * Returns a step that would change something; it needs consent if any is named.
     *
     * @param key the step
     * @param detail the change in a few words
     * @param changes the changes, at least one
     * @param consents what the run must agree to
     * @return the step
     */
    public static PreviewStep change(StepKey key, String detail, List<Change> changes, List<Consent> consents) {
        PreviewWord word = consents.isEmpty() ? PreviewWord.CHANGE : PreviewWord.NEEDS_CONSENT;
        return new PreviewStep(key, word, detail, changes, consents, null);
    }

    /**
     * Returns a step that can only be judged after an earlier step's change.
     *
     * @param key the step
     * @param detail after what, and by what it will be judged
     * @return the step
     */
    public static PreviewStep later(StepKey key, String detail) {
        return new PreviewStep(key, PreviewWord.LATER, detail, List.of(), List.of(), null);
    }

    /**
     * Returns a step that the caller may not look at.
     *
     * @param key the step
     * @param problem what stands in the way of looking
     * @return the step
     */
    public static PreviewStep cannotSee(StepKey key, Problem problem) {
        return new PreviewStep(key, PreviewWord.CANNOT_SEE, problem.what(), List.of(), List.of(), problem);
    }

    /**
     * Returns a step that stands in the way of the whole plan.
     *
     * @param key the step
     * @param problem what stands in the way
     * @return the step
     */
    public static PreviewStep blocked(StepKey key, Problem problem) {
        return new PreviewStep(key, PreviewWord.BLOCKED, problem.what(), List.of(), List.of(), problem);
    }

    /**
     * Returns the step's key.
     *
     * @return the key
     */
    public StepKey key() {
        return key;
    }

    /**
     * Returns the preview's word for it.
     *
     * @return the word
     */
    public PreviewWord word() {
        return word;
    }

    /**
     * Returns what is so or would be, in a few words.
     *
     * @return one line, without a secret
     */
    public String detail() {
        return detail;
    }

    /**
     * Returns what would change.
     *
     * @return the changes; empty unless the word is change or needs consent
     */
    public List<Change> changes() {
        return changes;
    }

    /**
     * Returns what the run must agree to.
     *
     * @return the consents
     */
    public List<Consent> consents() {
        return consents;
    }

    /**
     * Returns what stands in the way.
     *
     * @return the problem, if the step is blocked or cannot be seen
     */
    public Optional<Problem> problem() {
        return Optional.ofNullable(problem);
    }

    /** Returns the step on one line. */
    @Override
    public String toString() {
        return key + " " + word + ": " + detail;
    }
}
