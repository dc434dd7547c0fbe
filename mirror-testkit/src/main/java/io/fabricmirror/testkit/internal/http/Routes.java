package io.fabricmirror.testkit.internal.http;

import io.fabricmirror.testkit.Call;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The operations of one service: method and path, the operation's name, and who answers it. */
public final class Routes {
    private final List<Route> routes = new ArrayList<>();

    /**
     * One operation.
     *
     * @param method the HTTP method
     * @param template the path, variables in braces
     * @param call the operation's name
     * @param handler who answers it
     */
    public record Route(String method, String template, Call call, Handler handler) {}

    /**
     * A route that fits a request.
     *
     * @param route the route
     * @param variables the variables of its path
     */
    public record Match(Route route, Map<String, String> variables) {}

    /** Adds an operation; the first one added wins where several fit. */
    public Routes add(String method, String template, String operation, Handler handler) {
        routes.add(new Route(method, template, new Call(operation), handler));
        return this;
    }

    /** Returns all operations, for the checks against the specification. */
    public List<Route> all() {
        return List.copyOf(routes);
    }

    /** Finds the operation a request asks for. */
    public Optional<Match> match(Request request) {
        String[] asked = request.path().split("/");
        for (Route route : routes) {
            if (route.method().equals(request.method())) {
                Optional<Map<String, String>> variables =
                        variables(route.template().split("/"), asked);
                if (variables.isPresent()) {
                    return Optional.of(new Match(route, variables.get()));
                }
            }
        }
        return Optional.empty();
    }

    // Literal parts are compared without case: ARM and Fabric do so.
    private static Optional<Map<String, String>> variables(String[] template, String[] asked) {
        if (template.length != asked.length) {
            return Optional.empty();
        }

        Map<String, String> variables = new LinkedHashMap<>();
        for (int i = 0; i < template.length; i++) {
            if (template[i].startsWith("{")) {
                variables.put(template[i].substring(1, template[i].length() - 1), Request.decode(asked[i]));
            } else if (!template[i].equalsIgnoreCase(asked[i])) {
                return Optional.empty();
            }
        }
        return Optional.of(variables);
    }
}
