package io.fabricmirror.core.internal.run;

import io.fabricmirror.MirrorEvent;
import io.fabricmirror.MirrorEvent.Kind;
import io.fabricmirror.MirrorListener;
import io.fabricmirror.StepKey;
import io.fabricmirror.TimelineEntry;
import io.fabricmirror.spi.Pacer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells listeners what a run does, in order and one at a time, and keeps its timeline. Thread-safe. */
final class RunEvents {
    private static final Logger LOG = LoggerFactory.getLogger(RunEvents.class);

    private final String runId;
    private final String planName;
    private final Pacer pacer;
    private final Instant begin;
    private final List<MirrorListener> listeners;
    private final List<TimelineEntry> timeline = new ArrayList<>();

    RunEvents(String runId, String planName, Pacer pacer, List<MirrorListener> listeners) {
        this.runId = runId;
        this.planName = planName;
        this.pacer = pacer;
        this.begin = pacer.now();
        this.listeners = List.copyOf(listeners);
    }

    /** Returns when the run began. */
    Instant begin() {
        return begin;
    }

    /** Tells of something that has just happened. */
    void tell(Kind kind, StepKey step, String message) {
        tell(kind, step, message, event -> event);
    }

    /** Tells of something that has just happened, with more than its message. */
    synchronized void tell(Kind kind, StepKey step, String message, UnaryOperator<MirrorEvent> more) {
        Instant now = pacer.now();
        MirrorEvent event =
                more.apply(MirrorEvent.of(kind, runId, planName, step, message, now, Duration.between(begin, now)));
        note(event);
        for (MirrorListener listener : listeners) {
            try {
                listener.onEvent(event);
            } catch (RuntimeException e) {
                LOG.warn("a listener failed at {} of {}; the run goes on", kind, step, e);
            }
        }
    }

    /** Returns what the run's time went to so far, in the order in which it began. */
    synchronized List<TimelineEntry> timeline() {
        List<TimelineEntry> sorted = new ArrayList<>(timeline);
        sorted.sort((a, b) -> a.start().compareTo(b.start()));
        return sorted;
    }

    private void note(MirrorEvent event) {
        Duration took = event.took().orElse(Duration.ZERO);
        Duration before = event.elapsed().minus(took);
        if (event.kind().equals(Kind.STEP_ENDED)) {
            String outcome = event.outcome().map(Object::toString).orElse("");
            timeline.add(
                    new TimelineEntry(TimelineEntry.Kind.STEP, event.step(), event.message(), before, took, outcome));
        } else if (event.kind().equals(Kind.CALLED)) {
            String what = event.plane().map(p -> p + ": ").orElse("") + event.message();
            timeline.add(new TimelineEntry(
                    TimelineEntry.Kind.CALL,
                    event.step(),
                    what,
                    before,
                    took,
                    event.failure().orElse("")));
        } else if (event.kind().equals(Kind.WAITED)) {
            timeline.add(new TimelineEntry(TimelineEntry.Kind.WAIT, event.step(), event.message(), before, took, ""));
        } else if (event.kind().equals(Kind.RETRYING) || event.kind().equals(Kind.BUDGET)) {
            timeline.add(new TimelineEntry(
                    TimelineEntry.Kind.PAUSE, event.step(), event.message(), event.elapsed(), took, ""));
        }
    }
}
