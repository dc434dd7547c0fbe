package io.fabricmirror.testkit;

import java.util.Objects;

/**
 * A call the local Azure answered. Holds no header and no body, so it may be printed.
 *
 * @param call the operation
 * @param method the HTTP method
 * @param host the host the caller named
 * @param path the path, without its query
 * @param status the HTTP status of the answer; 0 when a fault swallowed it
 */
public record RecordedCall(Call call, String method, String host, String path, int status) {
    /**
     * Rejects missing values.
     *
     * @param call must not be null
     * @param method must not be null
     * @param host must not be null
     * @param path must not be null
     * @param status any
     */
    public RecordedCall {
        Objects.requireNonNull(call, "call");
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(path, "path");
    }

    /**
     * Tells whether the call could change something: everything but reads. Fabric's status calls are reads although they
     * are sent with POST.
     *
     * @return whether it is no read
     */
    public boolean writes() {
        return !method.equals("GET")
                && !call.equals(Call.TOKEN)
                && !call.name().endsWith("Status")
                && !call.name().endsWith("TestConnection")
                && !(call.name().contains("_Get") && call.name().endsWith("Definition"));
    }
}
