package io.fabricmirror.core.internal.run;

import io.fabricmirror.PreviewStep;
import io.fabricmirror.Problem;
import java.util.Set;
import java.util.function.Supplier;

/** A step whose change takes rights in Azure: they are looked at before it is agreed to, not when it fails half-way. */
public final class RightsStep extends Step<PreviewStep> {
    private final Step<?> step;
    private final String scope;
    private final Supplier<Set<String>> missing;

    /**
     * Looks at rights before a step.
     *
     * @param step the step
     * @param scope what the rights are on, by name
     * @param missing asks which are missing; called only if there is something to change
     */
    public RightsStep(Step<?> step, String scope, Supplier<Set<String>> missing) {
        super(step.key());
        this.step = step;
        this.scope = scope;
        this.missing = missing;
    }

    @Override
    protected PreviewStep observe() {
        return step.look();
    }

    @Override
    protected PreviewStep compare(PreviewStep look) {
        Set<String> lacking = look.changes().isEmpty() ? Set.<String>of() : missing.get();
        return lacking.isEmpty()
                ? look
                : PreviewStep.blocked(
                        key(),
                        Problem.of(
                                        "RIGHTS_MISSING",
                                        "step " + key() + " needs rights on " + scope + " that this identity lacks")
                                .seen(String.join(", ", lacking))
                                .cause("no role gives them, or one that must be activated first (PIM) is not active")
                                .who("whoever may assign roles on " + scope
                                        + ": its owner or a user access administrator")
                                .remedy("assign a role with these actions, such as Contributor on " + scope
                                        + ", or activate it; both take a few minutes to work"));
    }

    @Override
    protected void change(PreviewStep look) {
        step.act();
    }

    @Override
    protected void await() {
        step.await();
    }

    @Override
    protected void end() {
        step.end();
    }

    @Override
    protected boolean revealsOthers() {
        return step.revealsOthers();
    }

    @Override
    protected boolean endsTheRun() {
        return step.endsTheRun();
    }
}
