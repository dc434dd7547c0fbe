package io.fabricmirror;

import java.util.Objects;

/**
 * A preview that somebody agreed to; {@link MirrorExecutor#apply(ApprovedPreview)} does what it shows, or nothing. Immutable.
 *
 * @param preview what was shown
 * @param approval what was agreed to
 */
public record ApprovedPreview(Preview preview, Approval approval) {
    /**
     * Rejects missing values.
     *
     * @param preview must not be null
     * @param approval must not be null
     */
    public ApprovedPreview {
        Objects.requireNonNull(preview, "preview");
        Objects.requireNonNull(approval, "approval");
    }
}
