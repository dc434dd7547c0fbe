package io.fabricmirror.core.internal.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabricmirror.Change;
import io.fabricmirror.Problem;
import io.fabricmirror.StepKey;
import io.fabricmirror.TableName;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/** What previews and reports share. */
final class Parts {
    private Parts() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static <T> ArrayNode list(List<T> values, Function<T, ObjectNode> write) {
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        values.forEach(value -> json.add(write.apply(value)));
        return json;
    }

    static ArrayNode texts(List<String> values) {
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        values.forEach(json::add);
        return json;
    }

    static ObjectNode change(Change change) {
        return object().put("what", change.what())
                .put("before", change.before())
                .put("after", change.after());
    }

    static Optional<Change> change(Fields fields) {
        return Optional.of(new Change(required(fields, "what"), text(fields, "before"), required(fields, "after")));
    }

    static ObjectNode problem(Problem problem) {
        ObjectNode json = object().put("code", problem.code()).put("what", problem.what());
        problem.seen().ifPresent(text -> json.put("seen", text));
        problem.cause().ifPresent(text -> json.put("cause", text));
        problem.who().ifPresent(text -> json.put("who", text));
        problem.remedy().ifPresent(text -> json.put("remedy", text));
        problem.requestId().ifPresent(text -> json.put("requestId", text));
        return json.put("userError", problem.userError());
    }

    static Optional<Problem> problem(Fields fields) {
        String code = required(fields, "code");
        String what = required(fields, "what");
        Problem problem =
                fields.truth("userError").orElse(true) ? Problem.of(code, what) : Problem.ofSystem(code, what);
        problem = with(problem, fields.text("seen"), Problem::seen);
        problem = with(problem, fields.text("cause"), Problem::cause);
        problem = with(problem, fields.text("who"), Problem::who);
        problem = with(problem, fields.text("remedy"), Problem::remedy);
        return Optional.of(with(problem, fields.text("requestId"), Problem::requestId));
    }

    static ObjectNode table(TableName table) {
        return object().put("schema", table.schema()).put("table", table.name());
    }

    static TableName table(Fields fields) {
        return new TableName(required(fields, "schema"), required(fields, "table"));
    }

    static StepKey step(Fields fields) {
        return new StepKey(required(fields, "step"));
    }

    static String required(Fields fields, String name) {
        return fields.require(name, "this was not written by this library")
                ? fields.text(name).orElse("")
                : "";
    }

    static String text(Fields fields, String name) {
        return fields.text(name).orElse("");
    }

    static <T> T with(T value, Optional<String> text, BiFunction<T, String, T> setter) {
        return text.map(t -> setter.apply(value, t)).orElse(value);
    }
}
