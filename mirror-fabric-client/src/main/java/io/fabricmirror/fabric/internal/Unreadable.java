package io.fabricmirror.fabric.internal;

import java.io.Serial;

/** An answer that cannot be understood; becomes a FabricException where the request is known. */
final class Unreadable extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    Unreadable(String message) {
        super(message, null, false, false);
    }
}
