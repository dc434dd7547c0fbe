package io.fabricmirror;

import java.util.List;
import java.util.Objects;

/**
 * Something that the identity behind an executor must be allowed to do. Immutable.
 *
 * @param purpose whether a preview needs it, or only an apply
 * @param area where it is given: {@code Azure}, {@code Key Vault}, {@code PostgreSQL}, {@code Fabric} or {@code Fabric tenant}
 * @param name the action, role or setting, by the service's own name
 * @param scope on what
 * @param steps which steps need it
 */
public record Permission(Purpose purpose, String area, String name, String scope, List<StepKey> steps) {
    /**
     * What a permission is for. Open: later versions may have more.
     *
     * @param value the purpose, lower case
     */
    public record Purpose(String value) {
        /** Both a preview and an apply need it. */
        public static final Purpose PREVIEW = new Purpose("preview");
        /** Only an apply needs it, where the step has something to change. */
        public static final Purpose APPLY = new Purpose("apply");

        /**
         * Rejects a missing value.
         *
         * @param value must not be null
         */
        public Purpose {
            Objects.requireNonNull(value, "value");
        }

        @Override
        public String toString() {
            return value;
        }
    }

    /**
     * Rejects missing values.
     *
     * @param purpose must not be null
     * @param area must not be null
     * @param name must not be null
     * @param scope must not be null
     * @param steps must not be null
     */
    public Permission {
        Objects.requireNonNull(purpose, "purpose");
        Objects.requireNonNull(area, "area");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(scope, "scope");
        steps = List.copyOf(steps);
    }

    /** Returns the permission on one line. */
    @Override
    public String toString() {
        return purpose + ": " + area + ", " + name + " on " + scope;
    }
}
