package io.fabricmirror.core.internal.azure;

import io.fabricmirror.core.internal.run.Signals;
import io.fabricmirror.fabric.FabricClock;
import io.fabricmirror.spi.Pacer;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Lets the Fabric client wait where everything else waits. One for each pacer, because clients share the request budget of a credential
 * only if they share a clock. Thread-safe.
 */
final class PacerClock implements FabricClock {
    private static final Map<Pacer, WeakReference<PacerClock>> ALL = new WeakHashMap<>();

    private final Pacer pacer;

    private PacerClock(Pacer pacer) {
        this.pacer = pacer;
    }

    static synchronized FabricClock of(Pacer pacer) {
        WeakReference<PacerClock> known = ALL.get(pacer);
        @Nullable PacerClock clock = known == null ? null : known.get();
        if (clock == null) {
            clock = new PacerClock(pacer);
            // Weak, or the clock would hold its own key.
            ALL.put(pacer, new WeakReference<>(clock));
        }
        return clock;
    }

    @Override
    public Instant now() {
        return pacer.now();
    }

    @Override
    public void pause(Duration duration) throws InterruptedException {
        pacer.pause(duration);
    }

    @Override
    public void pause(Duration duration, Reason reason, String what) throws InterruptedException {
        if (reason.equals(Reason.RETRY)) {
            Signals.retrying(what, duration);
        } else if (reason.equals(Reason.BUDGET)) {
            Signals.budget(what, duration);
        }
        pause(duration);
    }
}
