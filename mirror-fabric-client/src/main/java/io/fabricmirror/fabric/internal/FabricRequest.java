package io.fabricmirror.fabric.internal;

import com.azure.core.http.HttpMethod;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A request before it has a host. Immutable; {@code what} is what a person reads in messages. */
public final class FabricRequest {
    private final String what;
    private final Effect effect;
    private final HttpMethod method;
    private final List<Object> path;
    private final List<String> query;
    private final @Nullable ObjectNode body;
    private final List<String> secrets;
    private final @Nullable UUID workspace;

    private FabricRequest(
            String what,
            Effect effect,
            HttpMethod method,
            List<Object> path,
            List<String> query,
            @Nullable ObjectNode body,
            List<String> secrets,
            @Nullable UUID workspace) {
        this.what = what;
        this.effect = effect;
        this.method = method;
        this.path = path;
        this.query = query;
        this.body = body;
        this.secrets = secrets;
        this.workspace = workspace;
    }

    /** A GET. Path parts are literal words of ours or ids. */
    public static FabricRequest get(String what, Object... path) {
        return of(what, Effect.READ, HttpMethod.GET, path);
    }

    /** A POST that reads. */
    public static FabricRequest read(String what, Object... path) {
        return of(what, Effect.READ, HttpMethod.POST, path);
    }

    /** A POST that does something each time. */
    public static FabricRequest create(String what, Object... path) {
        return of(what, Effect.CREATE, HttpMethod.POST, path);
    }

    /** A POST that sets a state. */
    public static FabricRequest set(String what, Object... path) {
        return of(what, Effect.IDEMPOTENT, HttpMethod.POST, path);
    }

    /** A PATCH. */
    public static FabricRequest patch(String what, Object... path) {
        return of(what, Effect.IDEMPOTENT, HttpMethod.PATCH, path);
    }

    /** A DELETE. */
    public static FabricRequest delete(String what, Object... path) {
        return of(what, Effect.IDEMPOTENT, HttpMethod.DELETE, path);
    }

    private static FabricRequest of(String what, Effect effect, HttpMethod method, Object... path) {
        UUID workspace = path.length > 1 && path[0].equals("workspaces") && path[1] instanceof UUID id ? id : null;
        return new FabricRequest(what, effect, method, List.of(path), List.of(), null, List.of(), workspace);
    }

    /** Adds a query parameter, encoded here. */
    public FabricRequest query(String name, String value) {
        return rawQuery(name, encode(value));
    }

    /** Adds a query parameter that is encoded already. */
    FabricRequest rawQuery(String name, String encoded) {
        List<String> more = new ArrayList<>(query);
        more.add(name + "=" + encoded);
        return new FabricRequest(what, effect, method, path, List.copyOf(more), body, secrets, workspace);
    }

    /** Sets the body. */
    public FabricRequest body(ObjectNode json) {
        return new FabricRequest(what, effect, method, path, query, json, secrets, workspace);
    }

    /** Names what must not appear in any text about this request. */
    public FabricRequest secrets(List<String> values) {
        return new FabricRequest(what, effect, method, path, query, body, List.copyOf(values), workspace);
    }

    /** Sends this to the host that the other request goes to. */
    FabricRequest atHostOf(FabricRequest other) {
        return new FabricRequest(what, effect, method, path, query, body, secrets, other.workspace);
    }

    static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    String what() {
        return what;
    }

    Effect effect() {
        return effect;
    }

    HttpMethod method() {
        return method;
    }

    @Nullable
    ObjectNode body() {
        return body;
    }

    List<String> secretTexts() {
        return secrets;
    }

    /** The workspace this is about, if it is about one. */
    @Nullable
    UUID workspace() {
        return workspace;
    }

    /** The path without its query, which is what may be logged. */
    String path() {
        StringJoiner joiner = new StringJoiner("/", "/v1/", "");
        path.forEach(part -> joiner.add(part.toString()));
        return joiner.toString();
    }

    String pathAndQuery() {
        return query.isEmpty() ? path() : path() + "?" + String.join("&", query);
    }
}
