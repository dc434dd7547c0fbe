package io.fabricmirror.testkit.internal.token;

import io.fabricmirror.testkit.LocalIdentity;
import io.fabricmirror.testkit.internal.http.Answer;
import io.fabricmirror.testkit.internal.http.Asked;
import io.fabricmirror.testkit.internal.http.Refusal;
import io.fabricmirror.testkit.internal.http.Request;
import io.fabricmirror.testkit.internal.http.Routes;
import io.fabricmirror.testkit.internal.http.Service;
import io.fabricmirror.testkit.internal.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The token endpoint: client credentials against a real secret, and what clients read before they ask. */
public final class TokenService implements Service {
    /** The host this service answers for. */
    public static final String HOST = "login.microsoftonline.com";

    private static final LocalIdentity NOBODY = new LocalIdentity("", "nobody", "User");

    private final Directory directory;
    private final Tokens tokens;
    private final Routes routes = new Routes();

    /** Issues tokens to those in the directory. */
    public TokenService(Directory directory, Tokens tokens) {
        this.directory = directory;
        this.tokens = tokens;
        routes.add("POST", "/{tenant}/oauth2/v2.0/token", "Token", this::token);
        routes.add("GET", "/{tenant}/v2.0/.well-known/openid-configuration", "OpenIdConfiguration", this::openId);
        routes.add("GET", "/{tenant}/discovery/v2.0/keys", "Keys", asked -> keys());
        routes.add("GET", "/{tenant}/discovery/keys", "Keys", asked -> keys());
        routes.add("GET", "/common/discovery/instance", "InstanceDiscovery", asked -> instanceDiscovery());
    }

    @Override
    public boolean serves(String host) {
        return host.equals(HOST) || host.equals("login.windows.net") || host.equals("sts.windows.net");
    }

    @Override
    public Routes routes() {
        return routes;
    }

    @Override
    public LocalIdentity authenticate(Request request) {
        return NOBODY;
    }

    @Override
    public Answer unknown(Request request) {
        return Answer.empty(404);
    }

    private Answer token(Asked asked) {
        Map<String, String> form = Request.form(asked.request().body());
        if (!asked.variable("tenant").equalsIgnoreCase(directory.tenantId())) {
            throw refuse(400, "invalid_request", "AADSTS90002: Tenant '" + asked.variable("tenant") + "' not found.");
        }
        if (!"client_credentials".equals(form.get("grant_type"))) {
            throw refuse(400, "unsupported_grant_type", "AADSTS70003: The app requested an unsupported grant type.");
        }

        LocalIdentity identity = directory
                .find(form.getOrDefault("client_id", ""))
                .orElseThrow(() -> refuse(400, "unauthorized_client", "AADSTS700016: Application was not found."));
        if (!directory.secret(identity).equals(form.get("client_secret"))) {
            throw refuse(401, "invalid_client", "AADSTS7000215: Invalid client secret provided.");
        }

        String token = tokens.issue(identity, audience(form.getOrDefault("scope", "")));
        long seconds = Tokens.LIFETIME.toSeconds() - 1;
        return Answer.json(
                200,
                Json.object(
                        "token_type", "Bearer",
                        "expires_in", seconds,
                        "ext_expires_in", seconds,
                        "access_token", token));
    }

    // The scope may hold more than one word; the resource is the one that ends in /.default.
    private static String audience(String scopes) {
        Optional<String> scope = List.of(scopes.split(" ")).stream()
                .filter(word -> word.endsWith("/.default"))
                .findFirst();
        return scope.map(word -> word.substring(0, word.length() - "/.default".length()))
                .map(resource -> resource.endsWith("/") ? resource.substring(0, resource.length() - 1) : resource)
                .orElseThrow(() -> refuse(
                        400, "invalid_scope", "AADSTS1002012: The scope of client credentials must end in /.default."));
    }

    private Answer openId(Asked asked) {
        String base = "https://" + HOST + "/" + directory.tenantId();
        return Answer.json(
                200,
                Json.object(
                        "token_endpoint",
                        base + "/oauth2/v2.0/token",
                        "authorization_endpoint",
                        base + "/oauth2/v2.0/authorize",
                        "jwks_uri",
                        base + "/discovery/v2.0/keys",
                        "issuer",
                        base + "/v2.0",
                        "token_endpoint_auth_methods_supported",
                        Json.array(List.of("client_secret_post", "client_secret_basic")),
                        "response_types_supported",
                        Json.array(List.of("code", "id_token", "token")),
                        "subject_types_supported",
                        Json.array(List.of("pairwise")),
                        "id_token_signing_alg_values_supported",
                        Json.array(List.of("RS256")),
                        "tenant_region_scope",
                        "EU",
                        "cloud_instance_name",
                        "microsoftonline.com"));
    }

    private Answer keys() {
        return new Answer(200, Map.of("Content-Type", "application/json; charset=utf-8"), tokens.keySet());
    }

    private Answer instanceDiscovery() {
        return Answer.json(
                200,
                Json.object(
                        "tenant_discovery_endpoint",
                        "https://" + HOST + "/" + directory.tenantId() + "/v2.0/.well-known/openid-configuration",
                        "api-version",
                        "1.1",
                        "metadata",
                        Json.array(List.of(Json.object(
                                "preferred_network",
                                HOST,
                                "preferred_cache",
                                "login.windows.net",
                                "aliases",
                                Json.array(List.of(HOST, "login.windows.net", "sts.windows.net")))))));
    }

    private static Refusal refuse(int status, String error, String description) {
        return new Refusal(Answer.json(status, Json.object("error", error, "error_description", description)));
    }
}
