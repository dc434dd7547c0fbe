package io.fabricmirror.fabric.internal;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads GUIDs strictly; {@link UUID#fromString} alone accepts shortened ones. */
public final class Ids {
    private Ids() {}

    /** The id in a text, or null. */
    public static @Nullable UUID parse(@Nullable String text) {
        return text != null && isGuid(text) ? UUID.fromString(text) : null;
    }

    private static boolean isGuid(String text) {
        if (text.length() != 36) {
            return false;
        }
        for (int i = 0; i < 36; i++) {
            boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
            char c = text.charAt(i);
            if (dash ? c != '-' : c > 'f' || Character.digit(c, 16) < 0) {
                return false;
            }
        }
        return true;
    }
}
