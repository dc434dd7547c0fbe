package io.fabricmirror.core.internal.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabricmirror.MirrorException;
import io.fabricmirror.Problem;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;

/** Whole documents: their text, kind and version. */
public final class Documents {
    private static final ObjectWriter WRITER = new ObjectMapper()
            .writer(new DefaultPrettyPrinter()
                    .withObjectIndenter(new DefaultIndenter("  ", "\n"))
                    .withArrayIndenter(new DefaultIndenter("  ", "\n")));

    private Documents() {}

    /**
     * Writes an object for people and version control.
     *
     * @param json the object
     * @return the text, indented, ending with a newline
     */
    public static String text(ObjectNode json) {
        try {
            return WRITER.writeValueAsString(json) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree that cannot be written", e);
        }
    }

    /** Reads a document of one kind and version. */
    static <T> T read(String text, String kind, int version, BiFunction<Fields, Mistakes, Optional<T>> reader) {
        Mistakes mistakes = new Mistakes();
        Optional<Node> root = Node.parse(text, mistakes);
        root.ifPresent(node -> refuseOther(node, kind, version));
        Optional<T> value = root.flatMap(node -> Fields.read(node, mistakes, fields -> {
            fields.text("kind");
            fields.number("version");
            return reader.apply(fields, mistakes);
        }));
        if (value.isEmpty() || !mistakes.isEmpty()) {
            List<String> all = mistakes.texts();
            throw new MirrorException(Problem.of(
                            kind.toUpperCase(Locale.ROOT) + "_UNREADABLE",
                            "this is no " + kind + " as this library writes it: " + String.join("; ", all))
                    .remedy("take the file as it was written"));
        }

        return value.get();
    }

    private static void refuseOther(Node node, String kind, int version) {
        Object found = value(node, "kind");
        Object foundVersion = value(node, "version");
        if (!kind.equals(found)) {
            throw new MirrorException(Problem.of(
                            kind.toUpperCase(Locale.ROOT) + "_EXPECTED",
                            "this is no " + kind + (found == Node.NULL ? "" : ", but: " + found))
                    .remedy("give a file whose \"kind\" is \"" + kind + "\""));
        } else if (!(foundVersion instanceof Number number) || number.longValue() != version) {
            throw new MirrorException(Problem.of(
                            kind.toUpperCase(Locale.ROOT) + "_VERSION",
                            "this " + kind + " has version " + (foundVersion == Node.NULL ? "none" : foundVersion)
                                    + "; this library reads version " + version)
                    .remedy("make it anew with this version of the library"));
        }
    }

    private static Object value(Node node, String name) {
        return node.members()
                .map(members -> members.get(name))
                .map(member -> member.node().value())
                .orElse(Node.NULL);
    }
}
