package io.fabricmirror;

import java.util.List;
import java.util.Objects;

/**
 * How a live mirror differs from its plan. Immutable.
 *
 * @param planName the plan's name
 * @param differences what differs, ordered by subject; empty if nothing does
 */
public record Drift(String planName, List<Difference> differences) {
    /**
     * Rejects missing values and copies the list.
     *
     * @param planName must not be null
     * @param differences must not be null
     */
    public Drift {
        Objects.requireNonNull(planName, "planName");
        differences = List.copyOf(differences);
    }

    /**
     * Tells whether the mirror is as the plan says.
     *
     * @return whether nothing differs
     */
    public boolean none() {
        return differences.isEmpty();
    }

    /**
     * Returns the drift as text for people, a line for each difference.
     *
     * @return lines that end with a newline
     */
    public String text() {
        StringBuilder text = new StringBuilder(
                "DRIFT  " + planName + ": " + (none() ? "none" : differences.size() + " differences") + "\n");
        differences.forEach(difference -> text.append("  ").append(difference).append('\n'));
        return text.toString();
    }

    /**
     * One difference.
     *
     * @param code what kind, stable; see the constants
     * @param subject the table or setting
     * @param wanted what the plan says
     * @param live what is so, with the owner where the subject is a table that is not mirrored
     */
    public record Difference(String code, String subject, String wanted, String live) {
        /** There is no mirrored database. */
        public static final String MIRROR_ABSENT = "MIRROR_ABSENT";
        /** The mirrored database has another name. */
        public static final String OTHER_NAME = "OTHER_NAME";
        /** The mirrored database reads through another connection. */
        public static final String OTHER_CONNECTION = "OTHER_CONNECTION";
        /** The mirrored database has another schema or retention. */
        public static final String OTHER_SETTING = "OTHER_SETTING";
        /** A table that the plan selects, perhaps a new one, is not in the mirror. */
        public static final String TABLE_NOT_MIRRORED = "TABLE_NOT_MIRRORED";
        /** A table that the plan does not select, or that cannot be mirrored, is in the mirror. */
        public static final String TABLE_NOT_WANTED = "TABLE_NOT_WANTED";
        /** A table in the mirror does not exist at the source. */
        public static final String TABLE_GONE = "TABLE_GONE";
        /** A table in the mirror does not belong to the mirroring role. */
        public static final String OTHER_OWNER = "OTHER_OWNER";

        /**
         * Rejects missing values.
         *
         * @param code must not be null
         * @param subject must not be null
         * @param wanted must not be null
         * @param live must not be null
         */
        public Difference {
            Objects.requireNonNull(code, "code");
            Objects.requireNonNull(subject, "subject");
            Objects.requireNonNull(wanted, "wanted");
            Objects.requireNonNull(live, "live");
        }

        /** Returns the difference on one line. */
        @Override
        public String toString() {
            return code + " " + subject + ": wanted " + wanted + ", is " + live;
        }
    }
}
