package io.fabricmirror.fabric;

import java.util.Objects;

/**
 * How far data of a connection may be combined with other data. Open: Fabric may add values, so keep a branch for others.
 *
 * @param value the service's own text
 */
public record PrivacyLevel(String value) {
    /** Not set. */
    public static final PrivacyLevel NONE = new PrivacyLevel("None");

    /** With nothing else. */
    public static final PrivacyLevel PRIVATE = new PrivacyLevel("Private");

    /** With other organizational data; what Fabric takes if nothing is said. */
    public static final PrivacyLevel ORGANIZATIONAL = new PrivacyLevel("Organizational");

    /** With anything. */
    public static final PrivacyLevel PUBLIC = new PrivacyLevel("Public");

    /**
     * Rejects a missing value.
     *
     * @param value must not be null
     */
    public PrivacyLevel {
        Objects.requireNonNull(value, "value");
    }

    @Override
    public String toString() {
        return value;
    }
}
