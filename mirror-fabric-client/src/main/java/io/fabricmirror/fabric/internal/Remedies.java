package io.fabricmirror.fabric.internal;

import io.fabricmirror.fabric.FabricErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;

/** What a person can do about an error code, from {@code remedies.properties}. Codes without an entry pass unharmed. */
public final class Remedies {
    private static final Properties BY_CODE = read();

    private Remedies() {}

    /** The remedy of a code. */
    public static Optional<String> of(FabricErrorCode code) {
        return Optional.ofNullable(BY_CODE.getProperty(code.withoutSuffix()));
    }

    private static Properties read() {
        Properties properties = new Properties();
        try (InputStream stream = Remedies.class.getResourceAsStream("remedies.properties")) {
            properties.load(new InputStreamReader(Objects.requireNonNull(stream), StandardCharsets.UTF_8));
            return properties;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
