package io.fabricmirror;

/**
 * Wanted state, which an executor previews and applies. Implementations are immutable, comparable and hold neither secrets nor
 * consents.
 */
public interface Plan {
    /**
     * Returns the plan's name, which reports and messages show.
     *
     * @return the name
     */
    String name();
}
