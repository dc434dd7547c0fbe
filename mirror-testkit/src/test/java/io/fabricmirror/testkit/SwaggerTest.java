package io.fabricmirror.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabricmirror.testkit.Swagger.Operation;
import io.fabricmirror.testkit.internal.http.Routes.Route;
import io.fabricmirror.testkit.internal.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The local Fabric against Microsoft's published specification. */
@Tag("oracle")
class SwaggerTest {
    private static Swagger swagger;
    private static LocalAzure azure;
    private static EveryFabricCall calls;
    private static List<EveryFabricCall.Exchange> exchanges;

    @BeforeAll
    static void callEverything() throws InterruptedException {
        swagger = new Swagger(Swagger.home().resolve("fabric-spec"));
        azure = LocalAzure.builder().withoutHttp().start();
        calls = new EveryFabricCall(azure);
        exchanges = calls.run();
    }

    @AfterAll
    static void close() {
        azure.close();
    }

    @Test
    void route_ofTheLocalFabric_isSpecified() {
        List<String> unknown = new ArrayList<>();
        for (Route route : azure.services().fabric.routes().all()) {
            Optional<Operation> operation = swagger.operation(route.call().name());
            boolean same = operation
                    .filter(found -> found.method().equals(route.method()))
                    .filter(found -> anonymous(found.path()).equals(anonymous(route.template())))
                    .isPresent();
            if (!same) {
                unknown.add(route.method() + " " + route.template() + " "
                        + route.call().name());
            }
        }

        assertThat(unknown).isEmpty();
    }

    private static String anonymous(String path) {
        return path.replaceAll("\\?.*", "").replaceAll("\\{[^}]+}", "{}");
    }

    @Test
    void route_ofTheLocalFabric_wasAnsweredWithSuccess() {
        Set<String> routes = azure.services().fabric.routes().all().stream()
                .map(route -> route.call().name())
                .collect(Collectors.toCollection(TreeSet::new));
        exchanges.stream()
                .filter(exchange -> exchange.reply().status() < 300)
                .forEach(exchange -> routes.remove(exchange.call().name()));

        assertThat(routes).containsExactly("LongRunningOperations_GetOperationResult");
        assertThat(calls.resultsRead()).isEqualTo(3);
    }

    @Test
    void answer_ofEveryCall_isAsSpecified() {
        List<String> problems = new ArrayList<>();
        for (EveryFabricCall.Exchange exchange : exchanges) {
            swagger.operation(exchange.call().name())
                    .ifPresent(operation -> answerProblems(operation, exchange)
                            .forEach(problem -> problems.add(exchange.call().name() + " "
                                    + exchange.reply().status() + ": " + problem + " in "
                                    + exchange.reply().body())));
        }

        assertThat(problems).isEmpty();
        assertThat(exchanges)
                .filteredOn(exchange -> exchange.reply().status() >= 400)
                .hasSizeGreaterThan(8);
    }

    private static List<String> answerProblems(Operation operation, EveryFabricCall.Exchange exchange) {
        int status = exchange.reply().status();
        if (status < 400 && !swagger.names(operation, status)) {
            return List.of("status is not specified");
        }

        JsonNode body = exchange.reply().body();
        boolean empty = body.isMissingNode() || body.isNull();
        return swagger.answer(operation, status)
                .map(schema -> empty ? List.of("body is missing") : new SwaggerCheck(swagger).problems(body, schema))
                .orElse(empty ? List.of() : List.of("body is not specified"));
    }

    @Test
    void request_thatWasTaken_isAsSpecified() {
        List<String> problems = new ArrayList<>();
        for (EveryFabricCall.Exchange exchange : exchanges) {
            if (exchange.reply().status() < 300 && !exchange.body().isEmpty()) {
                Operation operation = swagger.operation(exchange.call().name()).orElseThrow();
                JsonNode body = Json.read(exchange.body()).orElseThrow();
                new SwaggerCheck(swagger)
                        .problems(body, swagger.request(operation).orElseThrow())
                        .forEach(problem -> problems.add(operation.id() + ": " + problem));
            }
        }

        assertThat(problems).isEmpty();
    }

    @Test
    void check_ofAWrongAnswer_findsWhatIsWrong() {
        Operation operation = swagger.operation("Mirroring_GetMirroringStatus").orElseThrow();
        JsonNode wrong = Json.object("status", "Sleeping", "more", 1, "error", Json.object("message", Json.object()));

        assertThat(new SwaggerCheck(swagger)
                        .problems(wrong, swagger.answer(operation, 200).orElseThrow()))
                .anyMatch(problem -> problem.contains("Sleeping"))
                .anyMatch(problem -> problem.contains("$.more is not known"))
                .anyMatch(problem -> problem.contains("$.error.errorCode is missing"))
                .anyMatch(problem -> problem.contains("$.error.message is no text"));
    }
}
