package io.fabricmirror.fabric;

import java.util.Objects;
import java.util.UUID;

/**
 * A capacity: the paid resource that workspaces run on.
 *
 * @param id its id
 * @param displayName its name
 * @param sku its size, such as {@code F8}
 * @param region its Azure region
 * @param state whether it can work
 */
public record Capacity(UUID id, String displayName, String sku, String region, CapacityState state) {
    /**
     * Rejects missing values.
     *
     * @param id must not be null
     * @param displayName must not be null
     * @param sku must not be null
     * @param region must not be null
     * @param state must not be null
     */
    public Capacity {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(displayName, "displayName");
        Objects.requireNonNull(sku, "sku");
        Objects.requireNonNull(region, "region");
        Objects.requireNonNull(state, "state");
    }
}
