package io.fabricmirror.testkit;

import io.fabricmirror.testkit.internal.fabric.Gateway;

/** A virtual network data gateway of the local Azure. Connections through it reach every local server. Thread-safe. */
public final class LocalGateway {
    private final Gateway gateway;

    LocalGateway(Gateway gateway) {
        this.gateway = gateway;
    }

    /**
     * Returns the gateway's id.
     *
     * @return a GUID
     */
    public String id() {
        return gateway.id();
    }

    /**
     * Lets it sleep: nothing gets through.
     *
     * @return this
     */
    public LocalGateway offline() {
        gateway.online(false);
        return this;
    }

    /**
     * Wakes it.
     *
     * @return this
     */
    public LocalGateway online() {
        gateway.online(true);
        return this;
    }
}
