package io.fabricmirror.fabric;

import io.fabricmirror.fabric.internal.Remedies;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An error as Fabric reports it, in an answer or inside a status.
 *
 * @param code the error code, which is stable
 * @param message the service's words, for people only: they change
 * @param requestId the request to name to Microsoft support, if known
 * @param retriable whether the service says that the same request may succeed later
 * @param details further errors behind this one
 * @param relatedResource what the error is about, if told
 */
public record FabricError(
        FabricErrorCode code,
        String message,
        @Nullable String requestId,
        boolean retriable,
        List<Detail> details,
        @Nullable Resource relatedResource) {
    /**
     * Rejects missing values and copies the list.
     *
     * @param code must not be null
     * @param message must not be null
     * @param requestId the request, or null
     * @param retriable whether it may succeed later
     * @param details must not be null
     * @param relatedResource the resource, or null
     */
    public FabricError {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(message, "message");
        details = List.copyOf(details);
    }

    /**
     * Creates an error of a code and a message only.
     *
     * @param code the error code
     * @param message the words
     * @return the error
     */
    public static FabricError of(FabricErrorCode code, String message) {
        return new FabricError(code, message, null, false, List.of(), null);
    }

    /**
     * Returns what a person can do about it. An error that only says that something is wrong is explained by the errors behind it.
     *
     * @return the remedy, or empty if none is known for its codes
     */
    public Optional<String> remedy() {
        Optional<String> own = Remedies.of(code);
        if (own.isPresent() && !code.equals(FabricErrorCode.UNKNOWN_ERROR)) {
            return own;
        }
        return details.stream()
                .map(Detail::code)
                .flatMap(Stream::ofNullable)
                .flatMap(behind -> Remedies.of(behind).stream())
                .findFirst()
                .or(() -> own);
    }

    /**
     * One of the errors behind an error. The service sends some that name a resource only.
     *
     * @param code the error code, or null
     * @param message the service's words; may be empty
     * @param relatedResource what it is about, if told
     */
    public record Detail(
            @Nullable FabricErrorCode code,
            String message,
            @Nullable Resource relatedResource) {}

    /**
     * What an error is about.
     *
     * @param id the id of the resource
     * @param type its kind, such as {@code Workspace}
     */
    public record Resource(String id, String type) {}
}
