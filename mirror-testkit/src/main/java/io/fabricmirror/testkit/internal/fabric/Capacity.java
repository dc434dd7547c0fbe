package io.fabricmirror.testkit.internal.fabric;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabricmirror.testkit.internal.json.Json;
import java.util.UUID;

/** A capacity. */
public final class Capacity {
    private final String id = UUID.randomUUID().toString();
    private final String displayName;
    private final String sku;
    private volatile boolean active = true;

    Capacity(String displayName, String sku) {
        this.displayName = displayName;
        this.sku = sku;
    }

    /** Returns the capacity's id. */
    public String id() {
        return id;
    }

    /** Pauses or resumes it. */
    public void active(boolean running) {
        active = running;
    }

    boolean active() {
        return active;
    }

    ObjectNode json() {
        return Json.object(
                "id", id,
                "displayName", displayName,
                "sku", sku,
                "region", "West Europe",
                "state", active ? "Active" : "Inactive");
    }
}
