package io.fabricmirror.fabric;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The definition of an item: named parts, of which a mirrored database has {@code mirroring.json} and {@code .platform}. Parts this
 * client does not know are kept.
 *
 * @param format the format; empty text for the usual one
 * @param parts the parts
 */
public record ItemDefinition(String format, List<Part> parts) {
    /** The part that says what is mirrored. */
    public static final String MIRRORING_JSON = "mirroring.json";

    /** The part that names the item. */
    public static final String PLATFORM = ".platform";

    /**
     * Rejects missing values and copies the list.
     *
     * @param format must not be null
     * @param parts must not be null
     */
    public ItemDefinition {
        Objects.requireNonNull(format, "format");
        parts = List.copyOf(parts);
    }

    /**
     * Creates the definition of a mirrored database.
     *
     * @param mirroring what it mirrors
     * @return the definition, with one part
     */
    public static ItemDefinition of(MirroringDefinition mirroring) {
        return new ItemDefinition("", List.of(Part.text(MIRRORING_JSON, mirroring.json())));
    }

    /**
     * Replaces or adds what is mirrored.
     *
     * @param mirroring what is mirrored
     * @return a changed copy; other parts are kept
     */
    public ItemDefinition with(MirroringDefinition mirroring) {
        return with(Part.text(MIRRORING_JSON, mirroring.json()));
    }

    /**
     * Replaces or adds the file that names the item.
     *
     * @param platform the file
     * @return a changed copy; other parts are kept
     */
    public ItemDefinition with(PlatformFile platform) {
        return with(Part.text(PLATFORM, platform.json()));
    }

    /**
     * Replaces the part of the same path, or adds it.
     *
     * @param part the part
     * @return a changed copy; other parts are kept
     */
    public ItemDefinition with(Part part) {
        List<Part> changed = new ArrayList<>(parts);
        changed.removeIf(other -> other.path().equals(part.path()));
        changed.add(part);
        return new ItemDefinition(format, changed);
    }

    /**
     * Returns a part.
     *
     * @param path its path
     * @return the part, or empty if there is none
     */
    public Optional<Part> part(String path) {
        return parts.stream().filter(part -> part.path().equals(path)).findFirst();
    }

    /**
     * Returns what is mirrored.
     *
     * @return the content of {@link #MIRRORING_JSON}
     * @throws FabricException with {@link FabricErrorCode#UNREADABLE} if there is none or it cannot be read
     */
    public MirroringDefinition mirroring() {
        return part(MIRRORING_JSON)
                .map(part -> read(MIRRORING_JSON, () -> MirroringDefinition.parse(part.text())))
                .orElseThrow(() -> unreadable("the definition has no part " + MIRRORING_JSON, null));
    }

    /**
     * Returns the file that names the item.
     *
     * @return the content of {@link #PLATFORM}, or empty if there is no such part
     * @throws FabricException with {@link FabricErrorCode#UNREADABLE} if it cannot be read
     */
    public Optional<PlatformFile> platform() {
        return part(PLATFORM).map(part -> read(PLATFORM, () -> PlatformFile.parse(part.text())));
    }

    private static <T> T read(String path, java.util.function.Supplier<T> reader) {
        try {
            return reader.get();
        } catch (IllegalArgumentException e) {
            throw unreadable("part " + path + " cannot be read", e);
        }
    }

    private static FabricException unreadable(
            String message, @org.jspecify.annotations.Nullable IllegalArgumentException cause) {
        return new FabricException(
                "Cannot read the definition: " + message,
                200,
                FabricError.of(FabricErrorCode.UNREADABLE, message),
                cause);
    }

    /**
     * A part of a definition.
     *
     * @param path its path, such as {@code mirroring.json}
     * @param payload its content as sent
     * @param payloadType how it is sent; {@code InlineBase64} is the only one known
     */
    public record Part(String path, String payload, String payloadType) {
        /**
         * Rejects missing values.
         *
         * @param path must not be null
         * @param payload must not be null
         * @param payloadType must not be null
         */
        public Part {
            Objects.requireNonNull(path, "path");
            Objects.requireNonNull(payload, "payload");
            Objects.requireNonNull(payloadType, "payloadType");
        }

        /**
         * Creates a part of a text.
         *
         * @param path its path
         * @param text its content
         * @return the part
         */
        public static Part text(String path, String text) {
            String payload = Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
            return new Part(path, payload, "InlineBase64");
        }

        /**
         * Returns the content as text.
         *
         * @return the content
         * @throws IllegalArgumentException if it is not base64
         */
        public String text() {
            return new String(Base64.getMimeDecoder().decode(payload), StandardCharsets.UTF_8);
        }
    }
}
