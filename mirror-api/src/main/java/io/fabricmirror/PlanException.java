package io.fabricmirror;

import java.util.List;

/**
 * Thrown when a plan is wrong, by its builder or by who reads it from a file; names every mistake with its remedy. Nothing was sent
 * anywhere.
 */
public final class PlanException extends MirrorException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> mistakes;
    private final transient String where;

    PlanException(String planName, List<String> mistakes) {
        this(mistakes, "the plan \"" + planName + "\"");
    }

    private PlanException(List<String> mistakes, String where) {
        super(Problem.of("PLAN_INVALID", head(mistakes, where) + ": " + String.join("; ", mistakes))
                .remedy("correct what is named and try again"));
        this.mistakes = List.copyOf(mistakes);
        this.where = where;
    }

    /**
     * Returns an exception for mistakes that were found elsewhere than by a builder.
     *
     * @param where where they are, such as {@code the plan "orders" (plans/orders.json)}
     * @param mistakes each with its place and its remedy, at least one
     * @return the exception
     */
    public static PlanException in(String where, List<String> mistakes) {
        return new PlanException(mistakes, where);
    }

    /**
     * Returns the mistakes.
     *
     * @return each with its remedy, at least one
     */
    public List<String> mistakes() {
        return mistakes;
    }

    /** Returns the mistakes as a block, one a line. */
    @Override
    public String details() {
        StringBuilder text = new StringBuilder("PLAN_INVALID: " + head(mistakes, where) + ".\n");
        for (int i = 0; i < mistakes.size(); i++) {
            text.append(String.format("%3d %s%n", i + 1, mistakes.get(i)));
        }
        return text.toString();
    }

    private static String head(List<String> mistakes, String where) {
        return (mistakes.size() == 1 ? "1 mistake" : mistakes.size() + " mistakes") + " in " + where
                + "; nothing was sent anywhere";
    }
}
