package io.fabricmirror.spi;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A secret on its way from a vault to where it is used. Immutable. Its text form hides it. */
public final class Secret {
    private final String value;

    private Secret(String value) {
        this.value = value;
    }

    /**
     * Wraps a secret.
     *
     * @param value the secret
     * @return the wrapped secret
     */
    public static Secret of(String value) {
        return new Secret(Objects.requireNonNull(value, "value"));
    }

    /**
     * Returns the secret itself. Call it only where it is sent.
     *
     * @return the secret
     */
    public String reveal() {
        return value;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Secret that && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        // A constant, so that not even a hash of the secret gets out.
        return Secret.class.hashCode();
    }

    /** Returns a placeholder. */
    @Override
    public String toString() {
        return "(secret)";
    }
}
