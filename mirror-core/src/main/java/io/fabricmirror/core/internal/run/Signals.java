package io.fabricmirror.core.internal.run;

import io.fabricmirror.MirrorEvent;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Carries word from deep within a port's call to the run that made it: that the call is repeated, or waits for the budget. Adapters
 * belong to an executor and know no run, so the word goes by the thread. Thread-safe.
 */
public final class Signals {
    private static final ThreadLocal<@Nullable Ear> EARS = new ThreadLocal<>();

    private Signals() {}

    /** Hears what happens within a call. */
    @FunctionalInterface
    interface Ear {
        /**
         * Hears one thing.
         *
         * @param kind what
         * @param message in words, without a secret
         * @param pause how long the call will pause
         */
        void hear(MirrorEvent.Kind kind, String message, Duration pause);
    }

    /**
     * Tells that a call is about to be repeated.
     *
     * @param message what failed
     * @param pause after what time
     */
    public static void retrying(String message, Duration pause) {
        tell(MirrorEvent.Kind.RETRYING, message, pause);
    }

    /**
     * Tells that a call waits until the budget allows it.
     *
     * @param message which call
     * @param pause for how long
     */
    public static void budget(String message, Duration pause) {
        tell(MirrorEvent.Kind.BUDGET, message, pause);
    }

    /** Sets who hears on this thread; returns who heard before. */
    static @Nullable Ear listen(@Nullable Ear ear) {
        Ear before = EARS.get();
        if (ear == null) {
            EARS.remove();
        } else {
            EARS.set(ear);
        }
        return before;
    }

    private static void tell(MirrorEvent.Kind kind, String message, Duration pause) {
        Ear ear = EARS.get();
        if (ear != null) {
            ear.hear(kind, message, pause);
        }
    }
}
