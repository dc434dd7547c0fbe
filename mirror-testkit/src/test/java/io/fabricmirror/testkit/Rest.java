package io.fabricmirror.testkit;

import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.Context;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.fabricmirror.testkit.internal.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;

/** Raw calls to the Fabric API, as a client without any library would make them. */
final class Rest {
    private final LocalAzure azure;
    private final TokenCredential credential;

    /** What came back. */
    record Reply(int status, JsonNode body, HttpResponse response) {
        String header(String name) {
            return Objects.requireNonNullElse(response.getHeaderValue(HttpHeaderName.fromString(name)), "");
        }

        String text(String name) {
            return body.path(name).asText();
        }
    }

    Rest(LocalAzure azure) {
        this(azure, azure.credential());
    }

    Rest(LocalAzure azure, TokenCredential credential) {
        this.azure = azure;
        this.credential = credential;
    }

    Reply get(String path) {
        return send(HttpMethod.GET, path, "");
    }

    Reply post(String path) {
        return send(HttpMethod.POST, path, "");
    }

    Reply post(String path, JsonNode body) {
        return send(HttpMethod.POST, path, body.toString());
    }

    Reply patch(String path, JsonNode body) {
        return send(HttpMethod.PATCH, path, body.toString());
    }

    Reply delete(String path) {
        return send(HttpMethod.DELETE, path, "");
    }

    private Reply send(HttpMethod method, String path, String body) {
        String token = credential
                .getTokenSync(new TokenRequestContext().addScopes("https://api.fabric.microsoft.com/.default"))
                .getToken();
        return send(method, "https://api.fabric.microsoft.com/v1" + path, body, token);
    }

    Reply send(HttpMethod method, String url, String body, String token) {
        HttpRequest request = new HttpRequest(method, url)
                .setHeader(HttpHeaderName.AUTHORIZATION, "Bearer " + token)
                .setHeader(HttpHeaderName.CONTENT_TYPE, "application/json");
        if (!body.isEmpty()) {
            request.setBody(body);
        }
        HttpResponse response = azure.httpClient().sendSync(request, Context.NONE);
        JsonNode json = Json.read(response.getBodyAsBinaryData().toString()).orElse(MissingNode.getInstance());
        return new Reply(response.getStatusCode(), json, response);
    }

    static JsonNode connection(String name, String server, String database, String user, String password) {
        return Json.read("""
                        {"connectivityType":"ShareableCloud","displayName":"%s",
                         "connectionDetails":{"type":"AzurePostgreSQL","creationMethod":"AzurePostgreSQL.Database",
                           "parameters":[{"dataType":"Text","name":"server","value":"%s"},
                                         {"dataType":"Text","name":"database","value":"%s"}]},
                         "credentialDetails":{"singleSignOnType":"None","connectionEncryption":"Encrypted",
                           "credentials":{"credentialType":"Basic","username":"%s","password":"%s"}}}
                        """.formatted(name, server, database, user, password)).orElseThrow();
    }

    static JsonNode mirror(String name, String connectionId, String database, String mountedTables) {
        String definition = """
                {"properties":{
                  "source":{"type":"AzurePostgreSql","typeProperties":{"connection":"%s","database":"%s"}},
                  "target":{"type":"MountedRelationalDatabase","typeProperties":{"format":"Delta","defaultSchema":"public"}}
                  %s}}
                """.formatted(connectionId, database, mountedTables);
        String payload = Base64.getEncoder().encodeToString(definition.getBytes(StandardCharsets.UTF_8));
        return Json.object(
                "displayName",
                name,
                "definition",
                Json.object(
                        "parts",
                        java.util.List.of(Json.object(
                                "path", "mirroring.json", "payload", payload, "payloadType", "InlineBase64"))));
    }
}
