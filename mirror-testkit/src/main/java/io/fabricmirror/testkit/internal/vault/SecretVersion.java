package io.fabricmirror.testkit.internal.vault;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabricmirror.testkit.internal.json.Json;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One version of a secret.
 *
 * @param id the version
 * @param value the secret
 * @param enabled whether it may be read
 * @param created when it was stored
 * @param updated when its properties were changed last
 * @param notBefore from when on it is meant to be used
 * @param expires until when it is meant to be used
 * @param contentType what the caller says it is
 * @param tags the caller's tags
 */
record SecretVersion(
        String id,
        String value,
        boolean enabled,
        Instant created,
        Instant updated,
        Optional<Instant> notBefore,
        Optional<Instant> expires,
        Optional<String> contentType,
        Map<String, String> tags) {

    private static final int RECOVERABLE_DAYS = 90;

    /** Describes the version, without its value. */
    ObjectNode item(String vaultUrl, String name, boolean withVersion) {
        String path = vaultUrl + "/secrets/" + name + (withVersion ? "/" + id : "");
        ObjectNode item = Json.object("id", path, "attributes", attributes(), "contentType", contentType);
        if (!tags.isEmpty()) {
            item.set("tags", Json.object("tags", new LinkedHashMap<>(tags)).get("tags"));
        }
        return item;
    }

    /** Describes the version with its value. */
    ObjectNode bundle(String vaultUrl, String name) {
        ObjectNode bundle = Json.object("value", value);
        bundle.setAll(item(vaultUrl, name, true));
        return bundle;
    }

    private ObjectNode attributes() {
        return Json.object(
                "enabled", enabled,
                "nbf", notBefore.map(Instant::getEpochSecond),
                "exp", expires.map(Instant::getEpochSecond),
                "created", created.getEpochSecond(),
                "updated", updated.getEpochSecond(),
                "recoveryLevel", "Recoverable+Purgeable",
                "recoverableDays", RECOVERABLE_DAYS);
    }

    @Override
    public String toString() {
        return "secret version " + id; // never the value
    }
}
