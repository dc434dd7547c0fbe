package io.fabricmirror;

import java.util.List;
import java.util.Objects;

/**
 * What a preview says of a step. Open: a later version may add words. Immutable.
 *
 * @param value the word
 * @param possibleOutcomes how the step can end if nothing else fails before it
 */
public record PreviewWord(String value, List<Outcome> possibleOutcomes) {
    /** True already. */
    public static final PreviewWord SATISFIED = new PreviewWord("satisfied", List.of(Outcome.SATISFIED));
    /** Would be made true. */
    public static final PreviewWord CHANGE = new PreviewWord(
            "change",
            List.of(Outcome.CHANGED, Outcome.IN_PROGRESS, Outcome.NEEDS_ACTION, Outcome.FAILED, Outcome.UNKNOWN));
    /** Can only be judged after an earlier step's change. */
    public static final PreviewWord LATER = new PreviewWord(
            "later",
            List.of(
                    Outcome.SATISFIED,
                    Outcome.CHANGED,
                    Outcome.IN_PROGRESS,
                    Outcome.NEEDS_ACTION,
                    Outcome.FAILED,
                    Outcome.UNKNOWN));
    /** Would be made true if the run agrees to what it costs. */
    public static final PreviewWord NEEDS_CONSENT = new PreviewWord("needs consent", CHANGE.possibleOutcomes);
    /** The caller may not look. */
    public static final PreviewWord CANNOT_SEE = new PreviewWord("cannot see", LATER.possibleOutcomes);
    /** Stands in the way of the whole plan until a person acts. */
    public static final PreviewWord BLOCKED = new PreviewWord("blocked", List.of(Outcome.NEEDS_ACTION, Outcome.FAILED));

    /**
     * Rejects missing values.
     *
     * @param value must not be null
     * @param possibleOutcomes must not be null
     */
    public PreviewWord {
        Objects.requireNonNull(value, "value");
        possibleOutcomes = List.copyOf(possibleOutcomes);
    }

    @Override
    public String toString() {
        return value;
    }
}
