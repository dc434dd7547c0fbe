package io.fabricmirror.fabric.internal;

import io.fabricmirror.fabric.FabricLimits;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.RetryConfig;
import java.time.Duration;

/** The one set of retry rules: what a failure allows, after what time. */
final class RetryRules {
    private RetryRules() {}

    static RetryConfig of(FabricLimits limits) {
        long longest = limits.longestDelay().toMillis();
        IntervalFunction backoff = IntervalFunction.ofExponentialRandomBackoff(
                Math.max(1, limits.firstDelay().toMillis()), 2, 0.5);
        return RetryConfig.custom()
                .maxAttempts(limits.attempts())
                .retryOnException(e -> e instanceof Failure failure && failure.repeatable())
                .intervalBiFunction((number, outcome) -> {
                    Duration asked = outcome.getLeft() instanceof Failure failure ? failure.retryAfter() : null;
                    return Math.min(longest, asked == null ? backoff.apply(number) : asked.toMillis());
                })
                .build();
    }
}
