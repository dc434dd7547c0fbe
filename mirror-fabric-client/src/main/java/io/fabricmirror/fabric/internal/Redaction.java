package io.fabricmirror.fabric.internal;

import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Takes the secrets of a request out of what the service says about it. */
public final class Redaction {
    /** Takes out nothing. */
    public static final Redaction NONE = new Redaction(List.of());

    private static final int LONGEST = 2_000;

    private final List<String> forms;

    Redaction(List<String> secrets) {
        List<String> all = new ArrayList<>();
        for (String secret : secrets) {
            if (!secret.isEmpty()) {
                String quoted = TextNode.valueOf(secret).toString();
                all.add(secret);
                all.add(quoted.substring(1, quoted.length() - 1));
                all.add(FabricRequest.encode(secret));
            }
        }
        all.sort(Comparator.comparingInt(String::length).reversed());
        this.forms = all;
    }

    String clean(String text) {
        String clean = text;
        for (String form : forms) {
            clean = clean.replace(form, "(secret)");
        }
        // Line breaks from outside must not look like log lines of ours.
        String line = clean.replaceAll("\\p{Cntrl}+", " ");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...";
    }
}
