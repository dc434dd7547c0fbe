package io.fabricmirror.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabricmirror.spi.Pacer;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What every {@link Pacer} keeps. Leaves nothing behind. */
public abstract class PacerContract {
    private static final Duration SHORT = Duration.ofMillis(50);

    /** Called by JUnit. */
    protected PacerContract() {
        super();
    }

    /**
     * Returns the pacer under test.
     *
     * @return the pacer
     */
    protected abstract Pacer pacer();

    @Test
    void pause_shifts_theClockByAtLeastThat() throws InterruptedException {
        Instant before = pacer().now();

        pacer().pause(SHORT);

        assertFalse(pacer().now().isBefore(before.plus(SHORT)), "less than the pause has passed");
    }

    @Test
    void pause_zeroOrLess_returnsAtOnce() throws InterruptedException {
        Instant before = pacer().now();

        pacer().pause(Duration.ZERO);
        pacer().pause(Duration.ofHours(-1));

        assertTrue(pacer().now().isBefore(before.plus(Duration.ofMinutes(1))), "a pause of nothing took a minute");
        assertFalse(pacer().now().isBefore(before), "the clock went back");
    }

    @Test
    void pause_interruptedBefore_throwsAndTakesTheFlag() {
        Thread.currentThread().interrupt();

        assertThrows(InterruptedException.class, () -> pacer().pause(SHORT));
        assertFalse(Thread.interrupted(), "the flag is taken by the exception");
    }
}
