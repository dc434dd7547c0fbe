package io.fabricmirror.fabric;

import java.util.Objects;

/**
 * Which side wins where workspace and Git differ. Open: Fabric may add values, so keep a branch for others.
 *
 * @param value the service's own text
 */
public record GitPreference(String value) {
    /** Git. */
    public static final GitPreference REMOTE = new GitPreference("PreferRemote");

    /** The workspace. */
    public static final GitPreference WORKSPACE = new GitPreference("PreferWorkspace");

    /**
     * Rejects a missing value.
     *
     * @param value must not be null
     */
    public GitPreference {
        Objects.requireNonNull(value, "value");
    }

    @Override
    public String toString() {
        return value;
    }
}
