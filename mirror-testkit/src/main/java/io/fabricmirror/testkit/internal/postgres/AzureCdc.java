package io.fabricmirror.testkit.internal.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** Puts the simulated extension azure_cdc where an unpacked server looks for extensions. */
final class AzureCdc {
    private AzureCdc() {}

    static void install(Path server) throws IOException {
        Path folder = Files.createDirectories(server.resolve("share/postgresql/extension"));
        for (String file : List.of("azure_cdc.control", "azure_cdc--1.0.sql")) {
            try (InputStream in = Objects.requireNonNull(AzureCdc.class.getResourceAsStream(file), file)) {
                Files.copy(in, folder.resolve(file));
            }
        }
    }
}
