package io.fabricmirror;

import java.util.List;

/** Thrown by a plan's builder when the plan is wrong; names every mistake with its remedy. Nothing was sent anywhere. */
public final class PlanException extends MirrorException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> mistakes;

    PlanException(String planName, List<String> mistakes) {
        super(Problem.of(
                        "PLAN_INVALID",
                        (mistakes.size() == 1 ? "1 mistake" : mistakes.size() + " mistakes") + " in the plan \""
                                + planName + "\"; nothing was sent anywhere: " + String.join("; ", mistakes))
                .remedy("correct what is named and build again"));
        this.mistakes = List.copyOf(mistakes);
    }

    /**
     * Returns the mistakes.
     *
     * @return each with its remedy, at least one
     */
    public List<String> mistakes() {
        return mistakes;
    }
}
