package io.fabricmirror.fabric;

import java.util.List;
import java.util.Objects;

/**
 * How a gateway is.
 *
 * @param health whether it works
 * @param version its version; empty text if not told
 * @param errors what is wrong; an online gateway may have some, of single members
 */
public record GatewayStatus(GatewayHealth health, String version, List<FabricError.Detail> errors) {
    /**
     * Rejects missing values and copies the list.
     *
     * @param health must not be null
     * @param version must not be null
     * @param errors must not be null
     */
    public GatewayStatus {
        Objects.requireNonNull(health, "health");
        Objects.requireNonNull(version, "version");
        errors = List.copyOf(errors);
    }

    /**
     * Tells whether the gateway works.
     *
     * @return whether it is online
     */
    public boolean online() {
        return health.equals(GatewayHealth.ONLINE);
    }
}
