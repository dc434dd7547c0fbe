package io.fabricmirror;

import java.util.Objects;

/**
 * Names a step. Open: later versions have other steps. Immutable. The first fourteen constants are the steps of a mirror, in the
 * order in which they run, the others those of plans that operate one; their texts are stable and may be put into dashboards.
 *
 * @param value the key, lower case
 */
public record StepKey(String value) {
    /** Server, database, workspace, capacity and the caller's own rights are as a mirror needs them. */
    public static final StepKey SERVER = new StepKey("server");
    /** Fabric can reach the server. */
    public static final StepKey REACHABILITY = new StepKey("reachability");
    /** What had to be opened for the run is open, and nothing else. */
    public static final StepKey OPENINGS = new StepKey("openings");
    /** The server signs in with passwords and has its own identity, as the primary one. */
    public static final StepKey IDENTITY = new StepKey("identity");
    /** Server parameters are set and in force; mirroring is enabled for the database. */
    public static final StepKey PARAMETERS = new StepKey("parameters");
    /** The mirroring role's password is in Key Vault. */
    public static final StepKey CREDENTIAL = new StepKey("credential");
    /** The mirroring role exists, with its grants and the seed table. */
    public static final StepKey ROLE = new StepKey("role");
    /** The server's identity may write in the workspace. */
    public static final StepKey WORKSPACE_ROLE = new StepKey("workspace-role");
    /** A Fabric connection points at the database. */
    public static final StepKey CONNECTION = new StepKey("connection");
    /** The wanted tables can be mirrored and belong to the mirroring role. */
    public static final StepKey TABLES = new StepKey("tables");
    /** The server itself says, to the mirroring role, that it is ready. */
    public static final StepKey READINESS = new StepKey("readiness");
    /** The mirrored database exists and says what the plan says. */
    public static final StepKey MIRROR = new StepKey("mirror");
    /** Mirroring is running. */
    public static final StepKey START = new StepKey("start");
    /** Every wanted table replicates. */
    public static final StepKey VERIFIED = new StepKey("verified");

    /** Nothing else logs in as the role than what the plan covers. */
    public static final StepKey SHARED = new StepKey("shared");
    /** The source holds nothing back for a mirror that is gone. */
    public static final StepKey RELEASED = new StepKey("released");
    /** Mirroring is stopped. */
    public static final StepKey STOP = new StepKey("stop");
    /** The tables were copied anew. */
    public static final StepKey RESYNC = new StepKey("resync");

    /**
     * Rejects a missing value.
     *
     * @param value must not be null
     */
    public StepKey {
        Objects.requireNonNull(value, "value");
    }

    @Override
    public String toString() {
        return value;
    }
}
