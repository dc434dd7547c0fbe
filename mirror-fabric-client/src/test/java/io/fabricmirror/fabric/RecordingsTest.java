package io.fabricmirror.fabric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** Real traffic: each recorded answer is served byte for byte, each recorded request is compared with what the client sends. */
@Tag("oracle")
class RecordingsTest {
    private static final JsonMapper JSON = new JsonMapper();

    @TestFactory
    Stream<DynamicTest> recording_everyInteraction_isTheSame() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(SpecificationTest.home().resolve("fabric-recordings"))) {
            files = all.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
        assertThat(files).hasSizeGreaterThanOrEqualTo(7);
        return files.stream().map(file -> dynamicTest(file.getFileName().toString(), () -> replay(file)));
    }

    private static void replay(Path file) throws IOException {
        JsonNode recorded = JSON.readTree(Files.readAllBytes(file));
        List<JsonNode> interactions = new ArrayList<>();
        (recorded.isArray() ? recorded : recorded.path("interactions")).forEach(interactions::add);
        int next = 0;
        while (next < interactions.size()) {
            next += replay(interactions.subList(next, interactions.size()));
        }
        assertThat(next).isEqualTo(interactions.size()).isPositive();
    }

    /** Makes one call and returns how many of the recorded requests it took. */
    private static int replay(List<JsonNode> rest) {
        Wire wire = new Wire();
        rest.forEach(interaction -> serve(wire, interaction.path("response")));
        FabricClient fabric = wire.builder()
                .limits(FabricLimits.builder().attempts(1).build())
                .build();
        JsonNode first = rest.get(0);
        int status = first.path("response").path("status").asInt();
        try {
            Object value = RecordedCall.of(first.path("request")).apply(fabric);
            // The one refusal that is an answer: the operation has no result.
            assertThat(status < 400 || value.equals(Optional.empty()))
                    .as("%d %s", status, value)
                    .isTrue();
        } catch (FabricException e) {
            assertThat(status).as(e.toString()).isGreaterThanOrEqualTo(400).isEqualTo(e.status());
            JsonNode body = first.path("response").path("body");
            assertThat(e.errorCode().value()).isEqualTo(body.path("errorCode").asText());
            assertThat(e.requestId()).contains(body.path("requestId").asText());
            assertThat(e.moreDetails()).hasSize(body.path("moreDetails").size());
        }

        for (int i = 0; i < wire.sent.size(); i++) {
            compare(wire.sent.get(i), rest.get(i).path("request"));
        }
        return wire.sent.size();
    }

    private static void serve(Wire wire, JsonNode response) {
        List<String> headers = new ArrayList<>();
        response.path("headers").properties().forEach(header -> {
            headers.add(header.getKey());
            headers.add(header.getValue().asText());
        });
        JsonNode body = response.path("body");
        String text = body.isTextual() ? body.textValue() : body.toString();
        wire.answerBytes(
                response.path("status").asInt(), text.getBytes(StandardCharsets.UTF_8), headers.toArray(new String[0]));
    }

    private static void compare(Wire.Sent sent, JsonNode request) {
        URI uri = URI.create(request.path("uri").asText());
        assertThat(sent.line())
                .isEqualTo(request.path("method").asText() + " " + uri.getRawPath()
                        + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery()));
        // Recorded operations were followed at the host of the cluster; ours never leave the host of the API.
        assertThat(sent.host()).isEqualTo("api.fabric.microsoft.com");
        JsonNode wanted = request.path("body");
        if (wanted.isNull() || wanted.isMissingNode()) {
            assertThat(sent.body()).isEmpty();
        } else {
            assertThat(common(body(sent), wanted)).isEqualTo(common(wanted, body(sent)));
            assertThat(namesOf(wanted)).isSubsetOf(namesOf(body(sent)));
        }
    }

    private static JsonNode body(Wire.Sent sent) {
        try {
            return JSON.readTree(sent.body());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** What was recorded as a placeholder, or as null, cannot be compared. */
    private static JsonNode common(JsonNode one, JsonNode other) {
        if (!(one instanceof ObjectNode object)) {
            return one;
        }
        ObjectNode copy = object.deepCopy();
        for (String name : namesOf(object)) {
            boolean placeholder = one.path(name).asText().startsWith("mock")
                    || other.path(name).asText().startsWith("mock");
            if (placeholder || !namesOf(other).contains(name)) {
                copy.remove(name);
            }
        }
        copy.remove(List.of("type", "folderId").stream()
                .filter(name -> !other.has(name) || other.path(name).isNull())
                .toList());
        return copy;
    }

    private static List<String> namesOf(JsonNode node) {
        List<String> names = new ArrayList<>();
        node.properties().forEach(field -> {
            // The item's kind is in the path already; the specification does not know the field there.
            boolean kindOfItem =
                    field.getKey().equals("type") && field.getValue().asText().equals("MirroredDatabase");
            if (!field.getValue().isNull() && !kindOfItem) {
                names.add(field.getKey());
            }
        });
        return names;
    }
}
