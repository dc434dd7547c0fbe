package io.fabricmirror;

import java.util.Objects;

/**
 * Tells whether Fabric can mirror a table, and why not. Immutable.
 *
 * @param table the table
 * @param severity how much it matters
 * @param code the service's own code, such as {@code NOT_REGULAR_TABLE}; empty text if there is nothing to say
 * @param reason why, in words; empty text if there is nothing to say. Where the server's own verdict and the library's dated rules
 *     differ, it says both
 * @param remedy the SQL statement that would mend it, to be read before it is run: some rewrite the table; empty text if there is
 *     none
 */
public record TableFinding(TableName table, Severity severity, String code, String reason, String remedy) {
    /** How much a finding matters. */
    public enum Severity {
        /** It will be mirrored. */
        OK,
        /** It will be mirrored; the reason says what is lost or costs more. */
        WARNING,
        /** It will not be mirrored. */
        SKIPPED
    }

    /**
     * Rejects missing values.
     *
     * @param table must not be null
     * @param severity must not be null
     * @param code must not be null
     * @param reason must not be null
     * @param remedy must not be null
     */
    public TableFinding {
        Objects.requireNonNull(table, "table");
        Objects.requireNonNull(severity, "severity");
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(remedy, "remedy");
    }
}
