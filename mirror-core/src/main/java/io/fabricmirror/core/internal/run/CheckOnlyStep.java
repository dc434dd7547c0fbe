package io.fabricmirror.core.internal.run;

import io.fabricmirror.Area;
import io.fabricmirror.Change;
import io.fabricmirror.PreviewStep;
import io.fabricmirror.Problem;
import java.util.Locale;
import java.util.stream.Collectors;

/** A step in an area that belongs to somebody else: it looks and compares, and says what to set instead of setting it. */
public final class CheckOnlyStep extends Step<PreviewStep> {
    private static final String CODE = "CHECK_ONLY";

    private final Step<?> step;
    private final Area area;

    /** Looks with a step, and never lets it change anything. */
    public CheckOnlyStep(Step<?> step, Area area) {
        super(step.key());
        this.step = step;
        this.area = area;
    }

    /** Tells whether somebody else has to change what was looked at. */
    public static boolean isLeftToOthers(PreviewStep look) {
        return look.problem().filter(p -> p.code().equals(CODE)).isPresent();
    }

    @Override
    protected PreviewStep observe() {
        return step.look();
    }

    @Override
    protected PreviewStep compare(PreviewStep look) {
        if (look.changes().isEmpty()) {
            return look;
        }

        String values = look.changes().stream().map(Change::toString).collect(Collectors.joining("; "));
        return PreviewStep.blocked(
                key(),
                Problem.of(CODE, "step " + key() + " is not as the plan wants it, and may only be checked")
                        .seen(values)
                        .cause("the plan leaves the area " + area.name().toLowerCase(Locale.ROOT) + " to its owner")
                        .who("whoever owns that area, such as those who run Terraform or administer the database")
                        .remedy("set there: " + values));
    }

    @Override
    public boolean changesBySqlOnly() {
        return step.changesBySqlOnly();
    }

    /** Only a rehearsal gets here, which writes the change down for those who make it; to a run this step is blocked. */
    @Override
    protected void change(PreviewStep look) {
        step.rehearse();
    }

    @Override
    protected void await() {
        step.await();
    }

    @Override
    protected boolean endsTheRun() {
        return step.endsTheRun();
    }
}
