package io.fabricmirror.core.internal.run;

import io.fabricmirror.PreviewStep;
import io.fabricmirror.StepKey;
import org.jspecify.annotations.Nullable;

/**
 * One thing that must be true. Not thread-safe.
 *
 * @param <S> what the step sees when it looks at the world
 */
public abstract class Step<S> {
    private final StepKey key;
    private @Nullable S seen;

    /**
     * Names the step.
     *
     * @param key the step's key
     */
    protected Step(StepKey key) {
        this.key = key;
    }

    /** Reads the world; changes nothing. */
    protected abstract S observe();

    /** Tells what that means: true already, what would change, what stands in the way. */
    protected abstract PreviewStep compare(S seen);

    /** Makes it true. Called at most once for each observation, and only if the comparison said that something would change. */
    protected void change(S seen) {
        throw new IllegalStateException("step " + key + " changes nothing");
    }

    /** Waits for what only time brings, within the run's limit. */
    protected void await() {}

    /**
     * Takes back what was only for the run. Called when the run ends, whatever happened: also after a failure, an interrupt, or
     * the closing of the executor.
     */
    protected void end() {}

    /** Tells whether its change lets later steps see what they could not; they are then looked at before anything else is changed. */
    protected boolean revealsOthers() {
        return false;
    }

    /**
     * Tells whether its change is SQL as the administrator and nothing else, so that it can be rehearsed on a connection that writes
     * down what it would send.
     */
    public boolean changesBySqlOnly() {
        return false;
    }

    /** Changes what was last looked at. Call it only where nothing is really changed. */
    public final void rehearse() {
        S now = seen;
        if (now == null) {
            throw new NotKnownYet("it could not be looked at");
        }

        change(now);
    }

    /** Tells whether nothing else makes sense unless this is true. */
    protected boolean endsTheRun() {
        return true;
    }

    /** Returns the step's key. */
    public final StepKey key() {
        return key;
    }

    final PreviewStep look() {
        S now = observe();
        seen = now;
        return compare(now);
    }

    final void act() {
        S now = seen;
        if (now == null) {
            throw new IllegalStateException("step " + key + " must look before it changes anything");
        }

        seen = null;
        change(now);
    }
}
