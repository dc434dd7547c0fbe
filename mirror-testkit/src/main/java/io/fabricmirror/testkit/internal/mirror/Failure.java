package io.fabricmirror.testkit.internal.mirror;

/**
 * Why a table or a whole mirror does not work.
 *
 * @param code the service's code
 * @param message what it says
 */
public record Failure(String code, String message) {
    /** The server's identity may not write into the workspace. */
    public static final Failure NO_ONELAKE_PERMISSION = new Failure(
            "CDC_ERR_SYS_ONELAKE_PERMISSION_DENIED",
            "The server's managed identity has no permission to write to OneLake.");

    static Failure of(String code) {
        return new Failure(code, "The table cannot be mirrored: " + code + ".");
    }
}
