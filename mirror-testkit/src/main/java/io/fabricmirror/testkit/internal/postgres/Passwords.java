package io.fabricmirror.testkit.internal.postgres;

import java.security.SecureRandom;
import java.util.Base64;

/** Makes passwords that nobody has to remember. */
public final class Passwords {
    private static final SecureRandom RANDOM = new SecureRandom();

    private Passwords() {}

    /** Returns a new password of 32 characters. */
    public static String random() {
        byte[] bytes = new byte[24];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
