package io.fabricmirror.core.internal.run;

import io.fabricmirror.Change;
import io.fabricmirror.Consent;
import io.fabricmirror.Milestone;
import io.fabricmirror.MirrorEvent;
import io.fabricmirror.MirrorListener;
import io.fabricmirror.Outcome;
import io.fabricmirror.PreviewStep;
import io.fabricmirror.PreviewWord;
import io.fabricmirror.Problem;
import io.fabricmirror.RunOptions;
import io.fabricmirror.StepKey;
import io.fabricmirror.spi.Pacer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of one plan: its consents, its clock, its changes and who hears of them. Not thread-safe. */
public final class Run {
    private static final Logger LOG = LoggerFactory.getLogger(Run.class);

    private final String id = UUID.randomUUID().toString();
    private final String planName;
    private final RunOptions options;
    private final Pacer pacer;
    private final List<MirrorListener> listeners;
    private final BooleanSupplier closing;
    private final boolean applying;
    private final Instant begin;
    private final List<Change> stepChanges = new ArrayList<>();
    private final Set<StepKey> trueSteps = new HashSet<>();
    private StepKey step = StepKey.SERVER;
    private boolean changedAnything;
    private boolean moved;

    private Run(
            String planName,
            RunOptions options,
            Pacer pacer,
            List<MirrorListener> listeners,
            BooleanSupplier closing,
            boolean applying) {
        this.planName = planName;
        this.options = options;
        this.pacer = pacer;
        this.listeners = listeners;
        this.closing = closing;
        this.applying = applying;
        this.begin = pacer.now();
    }

    static Run preview(String planName, Pacer pacer, BooleanSupplier closing) {
        return new Run(planName, RunOptions.defaults(), pacer, List.of(), closing, false);
    }

    static Run apply(
            String planName, RunOptions options, Pacer pacer, List<MirrorListener> listeners, BooleanSupplier closing) {
        return new Run(planName, options, pacer, listeners, closing, true);
    }

    /** Tells whether the run may change anything, as against a preview. */
    public boolean applying() {
        return applying;
    }

    /**
     * Tells whether the run may do this.
     *
     * @param consent what is to be done
     * @return whether it was agreed to
     */
    public boolean agreed(Consent consent) {
        return options.consents().contains(consent);
    }

    /**
     * Returns how far the run goes.
     *
     * @return the milestone
     */
    public Milestone milestone() {
        return options.milestone();
    }

    /**
     * Returns the present moment.
     *
     * @return the moment by the run's clock
     */
    public Instant now() {
        return pacer.now();
    }

    /**
     * Makes sure that earlier steps are true, for a step that cannot be judged before.
     *
     * @param steps the steps
     * @throws NotKnownYet if one of them was not true when it was last looked at
     */
    public void requireTrue(StepKey... steps) {
        for (StepKey needed : steps) {
            if (!trueSteps.contains(needed)) {
                throw new NotKnownYet(needed);
            }
        }
    }

    /**
     * Tells whether a step was true when it was last looked at.
     *
     * @param key the step
     * @return whether it was
     */
    public boolean isTrue(StepKey key) {
        return trueSteps.contains(key);
    }

    /**
     * Notes a change that was just made.
     *
     * @param change the change, without a secret
     */
    public void changed(Change change) {
        stepChanges.add(change);
        changedAnything = true;
        LOG.info("{} {}: {} (run {})", planName, step, change, id);
        tell(MirrorEvent.Kind.CHANGED, change.toString());
    }

    /**
     * Looks again and again until nothing is unfinished.
     *
     * @param interval how long to wait between two looks
     * @param unfinished looks, and tells what is unfinished
     */
    public void waitUntilDone(Duration interval, Supplier<Optional<String>> unfinished) {
        Optional<String> last = unfinished.get();
        while (last.isPresent()) {
            tell(MirrorEvent.Kind.WAITING, last.get());
            checkGoingOn(last.get());
            pause(interval);
            last = unfinished.get();
        }
    }

    /**
     * Returns what ends the run here, content with what it did, because it was not asked to wait for more.
     *
     * @param lastSeen what is unfinished
     * @return the exception to throw
     */
    public RuntimeException stillWorking(String lastSeen) {
        return new RunEnded(Outcome.IN_PROGRESS, ended("STILL_WORKING", "the service is still at work", lastSeen));
    }

    /** Ends the run if its time is over, the executor is closing or the thread was interrupted. */
    void checkGoingOn(String lastSeen) {
        if (Thread.currentThread().isInterrupted()) {
            throw new RunEnded(Outcome.IN_PROGRESS, ended("INTERRUPTED", "the run was interrupted", lastSeen));
        }
        if (closing.getAsBoolean()) {
            throw new RunEnded(Outcome.IN_PROGRESS, ended("CLOSED", "the executor was closed", lastSeen));
        }
        if (elapsed().compareTo(options.limit()) >= 0) {
            throw new RunEnded(
                    Outcome.IN_PROGRESS,
                    ended(
                            "TIME_IS_OVER",
                            "still at work when the limit of " + options.limit() + " was over",
                            lastSeen));
        }
    }

    void looked(PreviewStep look) {
        if (look.word().equals(PreviewWord.SATISFIED)) {
            trueSteps.add(look.key());
        } else {
            trueSteps.remove(look.key());
        }
    }

    void begin(StepKey key) {
        step = key;
        stepChanges.clear();
        tell(MirrorEvent.Kind.STEP_STARTED, "");
    }

    /** Notes what a step was about to change when the answer was lost. */
    void mayHaveChanged(List<Change> changes) {
        changedAnything = true;
        changes.stream().filter(change -> !stepChanges.contains(change)).forEach(stepChanges::add);
    }

    List<Change> stepChanges() {
        return List.copyOf(stepChanges);
    }

    /** Notes that another run may have been at work, so that what was seen before may no longer hold. */
    public void worldMayHaveMoved() {
        moved = true;
    }

    void beginLooking() {
        moved = false;
    }

    boolean worldHasMoved() {
        return moved;
    }

    /** Tells whether the run has changed anything so far. */
    public boolean changedAnything() {
        return changedAnything;
    }

    Duration elapsed() {
        return Duration.between(begin, pacer.now());
    }

    void tell(MirrorEvent.Kind kind, String message) {
        MirrorEvent event = new MirrorEvent(kind, planName, step, message, elapsed());
        for (MirrorListener listener : listeners) {
            try {
                listener.onEvent(event);
            } catch (RuntimeException e) {
                LOG.warn("a listener failed at {} of {}; the run goes on", kind.value(), step, e);
            }
        }
    }

    private void pause(Duration interval) {
        Duration left = options.limit().minus(elapsed());
        try {
            pacer.pause(left.compareTo(interval) < 0 ? left : interval);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Problem ended(String code, String what, String lastSeen) {
        return Problem.of(code, what).seen(lastSeen).remedy("apply again to go on; nothing that was done is repeated");
    }
}
