package io.fabricmirror;

/**
 * Hears what a run does. Called in order, one event at a time for each run, on the run's own thread; what it throws is logged and
 * never breaks the run. Ignore kinds you do not know: later versions have more.
 */
@FunctionalInterface
public interface MirrorListener {
    /**
     * Hears one event.
     *
     * @param event the event
     */
    void onEvent(MirrorEvent event);
}
