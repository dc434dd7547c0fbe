package io.fabricmirror.testkit.internal.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabricmirror.testkit.LocalIdentity;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A request that was routed and whose caller is known.
 *
 * @param request the request
 * @param variables the variables of the route's path
 * @param caller who asks
 */
public record Asked(Request request, Map<String, String> variables, LocalIdentity caller) {

    /** Returns a variable of the path. */
    public String variable(String name) {
        return Objects.requireNonNull(variables.get(name), name);
    }

    /** Returns a query parameter. */
    public Optional<String> parameter(String name) {
        return request.parameter(name);
    }

    /** Returns the JSON body. */
    public JsonNode json() {
        return request.json();
    }
}
