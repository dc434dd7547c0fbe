package io.fabricmirror;

import java.util.List;

/** Thrown when an approved preview is applied and no longer fits, because something that decides a change has moved. Nothing was changed. */
public final class StalePreviewException extends MirrorException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> moved;

    /**
     * Returns an exception.
     *
     * @param approved the preview that was approved
     * @param moved what moved, one line each, at least one
     */
    public StalePreviewException(ApprovedPreview approved, List<String> moved) {
        super(Problem.of(
                        "PREVIEW_STALE",
                        "the preview of \"" + approved.preview().plan().name() + "\" from "
                                + approved.preview().takenAt() + " no longer fits; nothing was changed")
                .seen(String.join("; ", moved))
                .cause(
                        "row counts, storage, times and table progress are never compared, and what was not known then may be"
                                + " known now; what is named decides a change")
                .remedy("preview again and have "
                        + approved.approval().reference().orElse("somebody") + " approve the new one"));
        this.moved = List.copyOf(moved);
    }

    /**
     * Returns what moved.
     *
     * @return one line each: the step, what it was, what it is, what the preview would have made of it
     */
    public List<String> moved() {
        return moved;
    }
}
