package io.fabricmirror.fabric;

import static io.fabricmirror.fabric.Samples.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabricmirror.fabric.Specification.Example;
import io.fabricmirror.fabric.Specification.Operation;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The client against the published specification: what it sends, and what it can read. */
@Tag("oracle")
class SpecificationTest {
    private static final Logger LOG = LoggerFactory.getLogger(SpecificationTest.class);
    private static final Specification SPECIFICATION = new Specification(home().resolve("fabric-spec"));
    private static final Pattern CODE = Pattern.compile("\\*\\s*`?(\\w+)`?\\s*[-:]");
    private static final String SUCCEEDED = "{\"status\":\"Succeeded\"}";

    static Path home() {
        return Path.of(System.getProperty("oracle.home")).toAbsolutePath().normalize();
    }

    @ParameterizedTest
    @MethodSource("io.fabricmirror.fabric.Calls#all")
    void request_everyCall_isAsSpecified(Calls.Call call) {
        for (Wire.Sent sent : sent(call)) {
            Operation operation = operation(sent);
            assertThat(new SpecificationCheck(SPECIFICATION).problems(operation, sent.pathAndQuery(), sent.body()))
                    .as("%s %s", sent.line(), sent.body())
                    .isEmpty();
        }
    }

    @TestFactory
    Stream<DynamicTest> answer_everyExample_isRead() {
        List<DynamicTest> tests = new ArrayList<>();
        implemented()
                .forEach((id, place) -> SPECIFICATION.examples(place.operation()).stream()
                        .filter(example -> example.status() != 429)
                        .forEach(example -> tests.add(dynamicTest(id + " " + example, () -> read(place, example)))));
        return tests.stream();
    }

    /** The oracle finds what is wrong, or it would prove nothing. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'principal':{'id':'%s','type':'User'},'role':'Contributor'} | ",
                "{'principal':{'id':'%s','type':'User'},'role':'contributor'} | $.role is contributor, not one of",
                "{'principal':{'id':'%s','type':'User'}} | $.role is missing",
                "{'principal':{'id':'7','type':'User'},'role':'Admin'} | $.principal.id is no GUID",
                "{'principal':{'id':'%s','type':'Robot'},'role':'Admin'} | $.principal is of unknown kind Robot",
                "{'principal':{'id':'%s','type':'User','displayName':'x'},'role':'Admin'} | displayName is read-only",
                "{'principal':{'id':'%s','type':'User'},'role':'Admin','x':1} | $.x is not known",
                "{'principal':[],'role':'Admin'} | $.principal is no object",
                " | the body is missing"
            })
    void oracle_wrongRequest_isFound(String body, String problem) {
        String path = "/v1/workspaces/" + Samples.WORKSPACE + "/roleAssignments";
        Operation operation = SPECIFICATION.find("POST", path).orElseThrow();
        String text = body == null ? "" : json(body.replace("%s", Samples.PRINCIPAL.toString()));

        List<String> problems = new SpecificationCheck(SPECIFICATION).problems(operation, path, text);

        if (problem == null) {
            assertThat(problems).isEmpty();
        } else {
            assertThat(problems).anyMatch(found -> found.contains(problem));
        }
        assertThat(new SpecificationCheck(SPECIFICATION).problems(operation, path + "?y=1", text))
                .contains("query parameter y is not known");
    }

    @Test
    @Tag("G51")
    void remedy_everyDocumentedCode_hasOne() {
        Set<String> codes = new TreeSet<>();
        implemented()
                .values()
                .forEach(place -> CODE.matcher(place.operation()
                                .node()
                                .at("/responses/default/description")
                                .asText())
                        .results()
                        .forEach(match -> codes.add(match.group(1))));

        assertThat(codes).hasSizeGreaterThan(35);
        assertThat(codes)
                .filteredOn(code -> new FabricException("", 400, FabricError.of(new FabricErrorCode(code), ""), null)
                        .remedy()
                        .isEmpty())
                .isEmpty();
    }

    @Test
    void coverage_isPrinted() {
        Set<String> implemented = implemented().keySet();
        Map<String, Set<String>> missing = new TreeMap<>();
        Set<String> groups = implemented.stream()
                .map(id -> id.replaceFirst("_.*", ""))
                .collect(Collectors.toCollection(TreeSet::new));
        int published = 0;
        for (Operation operation : SPECIFICATION.operations()) {
            String group = operation.id().replaceFirst("_.*", "");
            if (groups.contains(group)) {
                published++;
                if (!implemented.contains(operation.id())) {
                    missing.computeIfAbsent(group, name -> new TreeSet<>())
                            .add(operation.id().replaceFirst(".*_", ""));
                }
            }
        }
        long examples = implemented().values().stream()
                .mapToLong(place -> SPECIFICATION.examples(place.operation()).size())
                .sum();

        LOG.info(
                "coverage: {} operations implemented, {} exercised by {} calls, {} examples; {} published in these groups",
                implemented.size(),
                implemented.size(),
                Calls.all().size(),
                examples,
                published);
        missing.forEach((group, names) -> LOG.info("not implemented: {} {}", group, names));
        assertThat(implemented).hasSizeGreaterThanOrEqualTo(65);
        assertThat(examples).isGreaterThanOrEqualTo(90);
    }

    /** Where an operation is called: by which call, as which of its requests. */
    private record Place(Operation operation, Calls.Call call, int index) {}

    private static Map<String, Place> implemented() {
        Map<String, Place> all = new LinkedHashMap<>();
        for (Calls.Call call : Calls.all()) {
            List<Wire.Sent> sent = sent(call);
            for (int i = 0; i < sent.size(); i++) {
                Operation operation = operation(sent.get(i));
                all.putIfAbsent(operation.id(), new Place(operation, call, i));
            }
        }
        return all;
    }

    private static List<Wire.Sent> sent(Calls.Call call) {
        Wire wire = new Wire();
        call.answers().forEach(answer -> wire.answer(200, answer));
        assertThat(call.run().apply(wire.client())).isNotNull();
        return wire.sent;
    }

    private static Operation operation(Wire.Sent sent) {
        String path = sent.pathAndQuery().replaceFirst("\\?.*", "");
        return SPECIFICATION
                .find(sent.method(), path)
                .orElseThrow(() -> new AssertionError("No operation for " + sent.line()));
    }

    private static void read(Place place, Example example) {
        Wire wire = new Wire();
        List<String> good = place.call().answers();
        for (int i = 0; i < good.size(); i++) {
            if (i == place.index()) {
                String body =
                        example.body().isMissingNode() ? "" : example.body().toString();
                wire.answerBytes(example.status(), body.getBytes(StandardCharsets.UTF_8), headers(example));
                if (example.status() == 202 && example.headers().has("x-ms-operation-id")) {
                    wire.answer(200, SUCCEEDED).answer(200, good.get(i));
                }
                if (example.body().hasNonNull("continuationToken")) {
                    wire.answer(200, "{\"value\":[],\"data\":[]}");
                }
            } else {
                wire.answer(200, good.get(i));
            }
        }

        if (example.status() >= 400) {
            assertThat(org.assertj.core.api.Assertions.catchThrowable(
                            () -> place.call().run().apply(wire.client())))
                    .isExactlyInstanceOf(FabricException.class)
                    .hasMessageContaining(example.body().path("errorCode").asText("none"));
            return;
        }
        Object value = place.call().run().apply(wire.client());
        assertThat(value).isNotNull();
        if (place.index() == good.size() - 1 && example.status() != 202) {
            ids(example.body()).forEach(id -> assertThat(value.toString()).contains(id));
        }
    }

    private static String[] headers(Example example) {
        List<String> all = new ArrayList<>();
        example.headers().properties().forEach(header -> {
            all.add(header.getKey());
            all.add(header.getValue().asText());
        });
        return all.toArray(new String[0]);
    }

    /** What must be found again in the value that was read. */
    private static List<String> ids(JsonNode body) {
        List<String> ids = new ArrayList<>();
        for (JsonNode one : List.of(body, body.path("value"), body.path("data"))) {
            if (one.isArray()) {
                one.forEach(entry -> ids.addAll(ids(entry)));
            }
        }
        for (String name : List.of("id", "itemId", "sourceTableName", "remoteCommitHash", "applicationId")) {
            if (body.hasNonNull(name)) {
                ids.add(body.path(name).asText());
            }
        }
        return ids;
    }
}
