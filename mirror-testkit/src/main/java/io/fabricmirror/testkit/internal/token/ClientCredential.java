package io.fabricmirror.testkit.internal.token;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.Context;
import com.fasterxml.jackson.databind.JsonNode;
import io.fabricmirror.testkit.LocalIdentity;
import io.fabricmirror.testkit.internal.json.Json;
import io.fabricmirror.testkit.internal.time.RealTime;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Signs a principal in at the local token endpoint with its client secret, and keeps the token until it is stale. */
public final class ClientCredential implements TokenCredential {
    private final HttpClient http;
    private final Directory directory;
    private final LocalIdentity identity;
    private final Map<String, AccessToken> cache = new ConcurrentHashMap<>();

    /** Signs an identity in through an HTTP client. */
    public ClientCredential(HttpClient http, Directory directory, LocalIdentity identity) {
        this.http = http;
        this.directory = directory;
        this.identity = identity;
    }

    @Override
    public Mono<AccessToken> getToken(TokenRequestContext request) {
        return Mono.fromCallable(() -> getTokenSync(request)).subscribeOn(Schedulers.boundedElastic());
    }

    @Override
    public AccessToken getTokenSync(TokenRequestContext request) {
        String scope = String.join(" ", request.getScopes());
        AccessToken known = cache.get(scope);
        // A request with claims follows a refusal of the token we hold: that one must not be given again.
        if (known != null && request.getClaims() == null && isFresh(known)) {
            return known;
        }
        return signIn(scope);
    }

    private static boolean isFresh(AccessToken token) {
        return token.getExpiresAt()
                .isAfter(RealTime.now().atOffset(ZoneOffset.UTC).plusMinutes(5));
    }

    private AccessToken signIn(String scope) {
        String form = "grant_type=client_credentials&client_id=" + encode(identity.id()) + "&client_secret="
                + encode(directory.secret(identity)) + "&scope=" + encode(scope);
        HttpRequest ask = new HttpRequest(
                        HttpMethod.POST,
                        "https://" + TokenService.HOST + "/" + directory.tenantId() + "/oauth2/v2.0/token")
                .setHeader(HttpHeaderName.CONTENT_TYPE, "application/x-www-form-urlencoded")
                .setBody(form);
        try (HttpResponse response = http.sendSync(ask, Context.NONE)) {
            JsonNode answer = Json.read(response.getBodyAsBinaryData().toString())
                    .orElseThrow(() -> new IllegalStateException("The token endpoint gave no JSON"));
            if (response.getStatusCode() != 200) {
                throw new IllegalStateException("The token endpoint refused " + identity.displayName() + ": "
                        + answer.path("error_description").asText());
            }

            OffsetDateTime expires = RealTime.now()
                    .atOffset(ZoneOffset.UTC)
                    .plusSeconds(answer.path("expires_in").asLong());
            AccessToken token = new AccessToken(answer.path("access_token").asText(), expires);
            cache.put(scope, token);
            return token;
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
