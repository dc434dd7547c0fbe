package io.fabricmirror.fabric.internal;

import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads GUIDs strictly; {@link UUID#fromString} alone accepts shortened ones. */
public final class Ids {
    private static final Pattern GUID =
            Pattern.compile("\\p{XDigit}{8}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{12}");

    private Ids() {}

    /** The id in a text, or null. */
    public static @Nullable UUID parse(@Nullable String text) {
        return text != null && GUID.matcher(text).matches() ? UUID.fromString(text) : null;
    }
}
