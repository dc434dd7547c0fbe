package io.fabricmirror.testkit.internal.vault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabricmirror.spi.Pacer;
import io.fabricmirror.testkit.LocalIdentity;
import io.fabricmirror.testkit.internal.http.Answer;
import io.fabricmirror.testkit.internal.http.Asked;
import io.fabricmirror.testkit.internal.http.Refusal;
import io.fabricmirror.testkit.internal.http.Request;
import io.fabricmirror.testkit.internal.http.Routes;
import io.fabricmirror.testkit.internal.http.Service;
import io.fabricmirror.testkit.internal.json.Json;
import io.fabricmirror.testkit.internal.place.Addresses;
import io.fabricmirror.testkit.internal.time.RealTime;
import io.fabricmirror.testkit.internal.token.Tokens;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** The data plane of Key Vault, secrets only. Names are those of its REST API. */
public final class VaultService implements Service {
    private static final String SUFFIX = ".vault.azure.net";
    private static final String RESOURCE = "https://vault.azure.net";
    private static final int PAGE = 25;

    private final Pacer time;
    private final String tenantId;
    private final Tokens tokens;
    private final Map<String, Vault> vaults = new TreeMap<>();
    private final Routes routes = new Routes();

    /** Serves the vaults of a tenant. */
    public VaultService(Pacer time, String tenantId, Tokens tokens) {
        this.time = time;
        this.tenantId = tenantId;
        this.tokens = tokens;
        routes.add("PUT", "/secrets/{name}", "SetSecret", this::set);
        routes.add("GET", "/secrets", "GetSecrets", this::list);
        routes.add("GET", "/secrets/{name}/versions", "GetSecretVersions", this::listVersions);
        routes.add("GET", "/secrets/{name}", "GetSecret", this::get);
        // The SDK asks for the current version with an empty version: the path then ends in a slash.
        routes.add("GET", "/secrets/{name}/{version}", "GetSecret", this::get);
        routes.add("PATCH", "/secrets/{name}/{version}", "UpdateSecret", this::update);
        routes.add("DELETE", "/secrets/{name}", "DeleteSecret", this::delete);
        routes.add("GET", "/deletedsecrets", "GetDeletedSecrets", this::listDeleted);
        routes.add("GET", "/deletedsecrets/{name}", "GetDeletedSecret", this::getDeleted);
        routes.add("POST", "/deletedsecrets/{name}/recover", "RecoverDeletedSecret", this::recover);
        routes.add("DELETE", "/deletedsecrets/{name}", "PurgeDeletedSecret", this::purge);
    }

    /** Returns the vault, made if there is none of that name yet. */
    public synchronized Vault vault(String name) {
        return vaults.computeIfAbsent(name, none -> new Vault(name, tenantId, time));
    }

    /** Returns all vaults. */
    public synchronized List<Vault> all() {
        return List.copyOf(vaults.values());
    }

    /** Returns a vault. */
    public synchronized Optional<Vault> find(String name) {
        return vaults.values().stream()
                .filter(vault -> vault.name().equalsIgnoreCase(name))
                .findFirst();
    }

    private Vault vault(Asked asked) {
        String host = asked.request().host();
        return find(host.substring(0, host.length() - SUFFIX.length()))
                .orElseThrow(() -> refuse(404, "VaultNotFound", "The vault at " + host + " was not found.", ""));
    }

    @Override
    public boolean serves(String host) {
        return host.endsWith(SUFFIX);
    }

    @Override
    public Routes routes() {
        return routes;
    }

    @Override
    public LocalIdentity authenticate(Request request) {
        Optional<Tokens.Issued> token =
                tokens.bearer(request).filter(issued -> issued.expires().isAfter(RealTime.now()));
        if (token.isEmpty()) {
            throw new Refusal(challenge("AKV10000: Request is missing a Bearer or PoP token."));
        }
        if (!token.get().audience().equals(RESOURCE)) {
            throw new Refusal(challenge("AKV10022: Invalid audience. Expected " + RESOURCE + ", found: "
                    + token.get().audience() + "."));
        }

        return token.get().identity();
    }

    private Answer challenge(String message) {
        return Answer.json(401, error("Unauthorized", message, ""))
                .with(
                        "WWW-Authenticate",
                        "Bearer authorization=\"https://login.microsoftonline.com/" + tenantId + "\", resource=\""
                                + RESOURCE + "\"");
    }

    @Override
    public Answer unknown(Request request) {
        return Answer.json(404, error("NotFound", "There is nothing at " + request.path(), ""));
    }

    @Override
    public Answer finish(Answer answer) {
        return answer.with("x-ms-request-id", UUID.randomUUID().toString())
                .with("x-ms-keyvault-service-version", "1.9.0.0");
    }

    private Answer set(Asked asked) {
        Vault vault = allowed(asked, "set");
        String name = asked.variable("name");
        JsonNode body = asked.json();
        String value = Json.text(body, "value")
                .orElseThrow(() -> refuse(400, "BadParameter", "Property value has invalid value", ""));
        if (vault.deleted(name).isPresent()) {
            throw refuse(
                    409,
                    "Conflict",
                    "Secret " + name
                            + " is currently in a deleted but recoverable state, and its name cannot be reused;"
                            + " in this state, the secret can only be recovered or purged.",
                    "ObjectIsDeletedButRecoverable");
        }

        Instant now = time.now();
        SecretVersion version = new SecretVersion(
                UUID.randomUUID().toString().replace("-", ""),
                value,
                body.path("attributes").path("enabled").asBoolean(true),
                now,
                now,
                instant(body, "nbf"),
                instant(body, "exp"),
                Json.text(body, "contentType"),
                tags(body));
        vault.add(name, version);
        return Answer.json(200, version.bundle(vault.url(), name));
    }

    private Answer get(Asked asked) {
        Vault vault = allowed(asked, "get");
        String name = asked.variable("name");
        String id = asked.variables().getOrDefault("version", "");
        SecretVersion version =
                (id.isEmpty() ? vault.current(name) : vault.version(name, id)).orElseThrow(() -> notFound(name));
        if (!version.enabled()) {
            throw refuse(403, "Forbidden", "Operation get is not allowed on a disabled secret.", "SecretDisabled");
        }

        return Answer.json(200, version.bundle(vault.url(), name));
    }

    private Answer update(Asked asked) {
        Vault vault = allowed(asked, "set");
        String name = asked.variable("name");
        SecretVersion was = vault.version(name, asked.variable("version")).orElseThrow(() -> notFound(name));
        JsonNode body = asked.json();
        SecretVersion changed = new SecretVersion(
                was.id(),
                was.value(),
                body.path("attributes").path("enabled").asBoolean(was.enabled()),
                was.created(),
                time.now(),
                instant(body, "nbf").or(was::notBefore),
                instant(body, "exp").or(was::expires),
                Json.text(body, "contentType").or(was::contentType),
                body.has("tags") ? tags(body) : was.tags());
        vault.replace(name, changed);
        return Answer.json(200, changed.item(vault.url(), name, true));
    }

    private Answer list(Asked asked) {
        Vault vault = allowed(asked, "list");
        List<ObjectNode> items = new ArrayList<>();
        vault.secrets()
                .forEach((name, versions) ->
                        items.add(versions.get(versions.size() - 1).item(vault.url(), name, false)));
        return page(asked, vault, items);
    }

    private Answer listVersions(Asked asked) {
        Vault vault = allowed(asked, "list");
        String name = asked.variable("name");
        return page(
                asked,
                vault,
                vault.versions(name).stream()
                        .map(version -> version.item(vault.url(), name, true))
                        .toList());
    }

    private Answer delete(Asked asked) {
        Vault vault = allowed(asked, "delete");
        String name = asked.variable("name");
        return Answer.json(200, deletedItem(vault, name, vault.delete(name).orElseThrow(() -> notFound(name)), true));
    }

    private Answer listDeleted(Asked asked) {
        Vault vault = allowed(asked, "list");
        List<ObjectNode> items = new ArrayList<>();
        vault.allDeleted().forEach((name, gone) -> items.add(deletedItem(vault, name, gone, false)));
        return page(asked, vault, items);
    }

    private Answer getDeleted(Asked asked) {
        Vault vault = allowed(asked, "get");
        String name = asked.variable("name");
        return Answer.json(200, deletedItem(vault, name, vault.deleted(name).orElseThrow(() -> notFound(name)), true));
    }

    private Answer recover(Asked asked) {
        Vault vault = allowed(asked, "recover");
        String name = asked.variable("name");
        List<SecretVersion> versions =
                vault.recover(name).orElseThrow(() -> notFound(name)).versions();
        return Answer.json(200, versions.get(versions.size() - 1).item(vault.url(), name, true));
    }

    private Answer purge(Asked asked) {
        Vault vault = allowed(asked, "purge");
        String name = asked.variable("name");
        if (!vault.purge(name)) {
            throw notFound(name);
        }

        return Answer.empty(204);
    }

    private static ObjectNode deletedItem(Vault vault, String name, Vault.Deleted gone, boolean withVersion) {
        SecretVersion last = gone.versions().get(gone.versions().size() - 1);
        ObjectNode item = last.item(vault.url(), name, withVersion);
        item.put("recoveryId", vault.url() + "/deletedsecrets/" + name);
        item.put("deletedDate", gone.at().getEpochSecond());
        item.put("scheduledPurgeDate", gone.at().plusSeconds(90L * 24 * 3600).getEpochSecond());
        return item;
    }

    private static Answer page(Asked asked, Vault vault, List<ObjectNode> items) {
        int size = asked.parameter("maxresults").map(Integer::parseInt).orElse(PAGE);
        int from = asked.parameter("$skiptoken").map(Integer::parseInt).orElse(0);
        int to = Math.min(items.size(), from + size);
        String next = vault.url() + asked.request().path() + "?api-version="
                + asked.parameter("api-version").orElse("7.5") + "&$skiptoken=" + to + "&maxresults=" + size;
        return Answer.json(
                200,
                Json.object(
                        "value",
                        Json.array(items.subList(Math.min(from, to), to)),
                        "nextLink",
                        to < items.size() ? next : null));
    }

    private Vault allowed(Asked asked, String permission) {
        Vault vault = vault(asked);
        if (!vault.network().publicAccess()) {
            throw refuse(
                    403,
                    "Forbidden",
                    "Public network access is disabled and request is not from a trusted service nor via an approved"
                            + " private link.",
                    "ForbiddenByConnection");
        }
        if (!vault.network().firewallAdmits(Addresses.CALLERS)) {
            throw refuse(
                    403,
                    "Forbidden",
                    "Client address is not authorized and caller is not a trusted service.\r\nClient address: "
                            + Addresses.CALLERS + "\r\nCaller: oid="
                            + asked.caller().id() + "\r\nVault: " + vault.name() + ";location=westeurope",
                    "ForbiddenByFirewall");
        }
        if (!vault.allows(permission)) {
            throw refuse(
                    403,
                    "Forbidden",
                    "Caller is not authorized to perform action on resource. Action:"
                            + " 'Microsoft.KeyVault/vaults/secrets/" + permission + "/action'",
                    "ForbiddenByRbac");
        }

        return vault;
    }

    private static Optional<Instant> instant(JsonNode body, String name) {
        return Json.text(body, "attributes", name).map(Long::parseLong).map(Instant::ofEpochSecond);
    }

    private static Map<String, String> tags(JsonNode body) {
        Map<String, String> tags = new LinkedHashMap<>();
        body.path("tags")
                .properties()
                .forEach(tag -> tags.put(tag.getKey(), tag.getValue().asText()));
        return tags;
    }

    private static Refusal notFound(String name) {
        return refuse(
                404,
                "SecretNotFound",
                "A secret with (name/id) " + name
                        + " was not found in this key vault. If you recently deleted this secret"
                        + " you may be able to recover it using the correct recovery command.",
                "");
    }

    private static Refusal refuse(int status, String code, String message, String inner) {
        return new Refusal(Answer.json(status, error(code, message, inner)));
    }

    private static ObjectNode error(String code, String message, String inner) {
        return Json.object(
                "error",
                Json.object(
                        "code", code,
                        "message", message,
                        "innererror", inner.isEmpty() ? Optional.empty() : Optional.of(Json.object("code", inner))));
    }
}
