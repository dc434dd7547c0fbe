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
import io.fabricmirror.RunFacts;
import io.fabricmirror.RunOptions;
import io.fabricmirror.StepKey;
import io.fabricmirror.StepResult;
import io.fabricmirror.spi.Pacer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of one plan: its consents, its clock, its changes and who hears of them. Not thread-safe. */
public final class Run {
    private static final Logger LOG = LoggerFactory.getLogger(Run.class);

    private final String id = UUID.randomUUID().toString();
    private final String planName;
    private final RunOptions options;
    private final Pacer pacer;
    private final RunEvents events;
    private final BooleanSupplier closing;
    private final boolean applying;
    private final @Nullable Approved approved;
    private final List<Change> stepChanges = new ArrayList<>();
    private final Set<StepKey> trueSteps = new HashSet<>();
    private StepKey step = StepKey.SERVER;
    /** The step being looked at, which may be an earlier one than the one at work. */
    private StepKey attended = step;

    private Instant stepBegin;
    private MirrorEvent.@Nullable Progress progress;
    private Set<Consent> ceiling = EnumSet.allOf(Consent.class);
    private boolean performing;
    private boolean changedAnything;
    private boolean moved;

    private Run(
            String planName,
            RunOptions options,
            Pacer pacer,
            List<MirrorListener> listeners,
            BooleanSupplier closing,
            boolean applying,
            @Nullable Approved approved) {
        this.planName = planName;
        this.options = options;
        this.pacer = pacer;
        this.events = new RunEvents(id, planName, pacer, listeners);
        this.closing = closing;
        this.applying = applying;
        this.approved = approved;
        this.stepBegin = events.begin();
    }

    static Run preview(String planName, Pacer pacer, BooleanSupplier closing) {
        return new Run(planName, RunOptions.defaults(), pacer, List.of(), closing, false, null);
    }

    static Run apply(
            String planName, RunOptions options, Pacer pacer, List<MirrorListener> listeners, BooleanSupplier closing) {
        return new Run(planName, options, pacer, listeners, closing, true, null);
    }

    static Run apply(
            String planName,
            RunOptions options,
            Pacer pacer,
            List<MirrorListener> listeners,
            BooleanSupplier closing,
            @Nullable Approved approved) {
        return new Run(planName, options, pacer, listeners, closing, true, approved);
    }

    /** Sets what the run may do at most, whatever it agrees to; everything unless set. */
    Run under(Set<Consent> limit) {
        ceiling = limit;
        return this;
    }

    /** Returns when the run's time is over. */
    public Instant deadline() {
        return events.begin().plus(options.limit());
    }

    /** Tells whether the first look is over, so that what was agreed to may be done. */
    public boolean performing() {
        return performing;
    }

    /** Tells whether only the server side is prepared. */
    public boolean preparesOnly() {
        return options.preparesOnly();
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
        return !(approved != null && approved.ended(pacer.now()))
                && options.consents().contains(consent)
                && allowed(consent);
    }

    /**
     * Tells whether runs of this executor may do this at all.
     *
     * @param consent what is to be done
     * @return whether it is within the ceiling that the executor's owner set
     */
    public boolean allowed(Consent consent) {
        return ceiling.contains(consent);
    }

    /** Tells what keeps a step from doing what needs a consent, although one was given. */
    Optional<Problem> beyondApproval(PreviewStep look) {
        return approved == null ? Optional.empty() : approved.beyond(look, pacer.now());
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
     * Notes a change that was just made; in a preview, where changes are only rehearsed, it notes nothing.
     *
     * @param change the change, without a secret
     */
    public void changed(Change change) {
        if (!applying) {
            return;
        }

        stepChanges.add(change);
        changedAnything = true;
        LOG.info("{} {}: {} (run {})", planName, step, change, id);
        tell(MirrorEvent.Kind.CHANGED, change.toString());
    }

    /**
     * Looks again and again until nothing is unfinished. A preview waits for nothing.
     *
     * @param interval how long to wait between two looks
     * @param unfinished looks, and tells what is unfinished
     */
    public void waitUntilDone(Duration interval, Supplier<Optional<String>> unfinished) {
        if (!applying) {
            return;
        }

        Instant first = pacer.now();
        Optional<String> last = unfinished.get();
        String waitedFor = last.orElse("");
        try {
            while (last.isPresent()) {
                waitedFor = last.get();
                tellWaiting(waitedFor);
                checkGoingOn(waitedFor);
                pause(interval);
                last = unfinished.get();
            }
        } finally {
            if (!waitedFor.isEmpty()) {
                Duration took = Duration.between(first, pacer.now());
                events.tell(MirrorEvent.Kind.WAITED, step, waitedFor, event -> event.took(took));
            }
            progress = null;
        }
    }

    /**
     * Notes how far what is waited for has come, for those who show it.
     *
     * @param done how many are done
     * @param total how many there are
     * @param unit what is counted
     */
    public void progress(long done, long total, String unit) {
        progress = new MirrorEvent.Progress(done, total, unit);
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

    /** Goes back to a step that ended, to note what ends with the run. */
    void resume(StepResult ended) {
        step = ended.key();
        attended = step;
        stepChanges.clear();
        stepChanges.addAll(ended.changes());
    }

    void begin(StepKey key) {
        performing = true;
        step = key;
        attended = key;
        stepBegin = pacer.now();
        stepChanges.clear();
        tell(MirrorEvent.Kind.STEP_STARTED, "");
    }

    /** Notes which step the next calls belong to. */
    void attend(StepKey key) {
        attended = key;
    }

    /** Tells how the step at work ended. */
    void ended(StepResult result) {
        Duration took = Duration.between(stepBegin, pacer.now());
        events.tell(
                MirrorEvent.Kind.STEP_ENDED,
                step,
                result.detail(),
                event -> event.outcome(result.outcome()).took(took));
    }

    /** Tells of a call that a step made; the failure is empty text if there was none. */
    void called(MirrorEvent.Plane plane, String what, Instant since, String failure) {
        Duration took = Duration.between(since, pacer.now());
        events.tell(MirrorEvent.Kind.CALLED, attended, what, event -> {
            MirrorEvent call = event.plane(plane).took(took);
            return failure.isEmpty() ? call : call.failure(failure);
        });
    }

    /** Tells that a call within a step pauses. */
    void paused(MirrorEvent.Kind kind, String message, Duration pause) {
        events.tell(kind, attended, message, event -> event.took(pause));
    }

    /** Returns what the run is known by in logs, events and the report. */
    public String id() {
        return id;
    }

    /** Returns what the report says of the run itself. */
    RunFacts facts() {
        RunFacts facts = RunFacts.of(id, events.begin()).timeline(events.timeline());
        return approved == null
                ? facts
                : approved.reference().map(facts::reference).orElse(facts);
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
        return Duration.between(events.begin(), pacer.now());
    }

    void tell(MirrorEvent.Kind kind, String message) {
        events.tell(kind, step, message);
    }

    private void tellWaiting(String message) {
        MirrorEvent.Progress reached = progress;
        events.tell(
                MirrorEvent.Kind.WAITING, step, message, event -> reached == null ? event : event.progress(reached));
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
