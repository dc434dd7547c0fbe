package io.fabricmirror.testkit.internal.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.fabricmirror.testkit.internal.json.Json;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A request as the model sees it, whichever way it came in. Header names are lower case.
 *
 * @param method the HTTP method in capitals
 * @param host the host the caller believes it talks to
 * @param path the path, still percent-encoded
 * @param query the decoded query parameters
 * @param headers the headers by lower-case name
 * @param body the body, empty text when there is none
 */
public record Request(
        String method, String host, String path, Map<String, String> query, Map<String, String> headers, String body) {

    /** Makes a request of a path with its query, as it stands on the request line. */
    public static Request of(String method, String host, String target, Map<String, String> headers, String body) {
        int question = target.indexOf('?');
        String path = question < 0 ? target : target.substring(0, question);
        Map<String, String> query = question < 0 ? Map.of() : form(target.substring(question + 1));
        return new Request(method.toUpperCase(Locale.ROOT), host.toLowerCase(Locale.ROOT), path, query, headers, body);
    }

    /** Returns a header; empty when it was not sent. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    /** Returns a query parameter; empty when it was not sent. */
    public Optional<String> parameter(String name) {
        return query.entrySet().stream()
                .filter(entry -> entry.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /** Returns the JSON body; a missing node when there is none or it is not JSON. */
    public JsonNode json() {
        return Json.read(body).orElse(MissingNode.getInstance());
    }

    /** Returns the members of a form or of a query string. */
    public static Map<String, String> form(String text) {
        Map<String, String> members = new LinkedHashMap<>();
        for (String member : text.split("&", -1)) {
            int equals = member.indexOf('=');
            if (equals >= 0) {
                members.put(decode(member.substring(0, equals)), decode(member.substring(equals + 1)));
            } else if (!member.isEmpty()) {
                members.put(decode(member), "");
            }
        }
        return members;
    }

    static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return method + " " + host + path; // never headers or body: they hold tokens and passwords
    }
}
