package io.fabricmirror;

import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What somebody agrees to after reading a preview. Bound to that preview by {@link Preview#approve(Approval)}. Immutable; each method
 * that sets something returns a changed copy.
 */
public final class Approval {
    private final Set<Consent> consents;
    private final @Nullable String reference;
    private final @Nullable Instant notAfter;

    private Approval(Set<Consent> consents, @Nullable String reference, @Nullable Instant notAfter) {
        this.consents = Set.copyOf(consents);
        this.reference = reference;
        this.notAfter = notAfter;
    }

    /**
     * Agrees to what these consents say, as far as the preview shows it.
     *
     * @param consents the consents; none if the preview asks for none
     * @return the approval, without a reference and without an end
     */
    public static Approval of(Consent... consents) {
        Set<Consent> all = EnumSet.noneOf(Consent.class);
        all.addAll(Arrays.asList(consents));
        return new Approval(all, null, null);
    }

    /**
     * Sets by what it is known, such as the number of a change request; the report bears it.
     *
     * @param name one line
     * @return a copy with it
     */
    public Approval reference(String name) {
        return new Approval(consents, Objects.requireNonNull(name, "name"), notAfter);
    }

    /**
     * Sets when it ends; it does not end unless set. A run does not begin after it, and one that is under way does nothing after it that
     * needs a consent.
     *
     * @param end the last moment
     * @return a copy with it
     */
    public Approval notAfter(Instant end) {
        return new Approval(consents, reference, Objects.requireNonNull(end, "end"));
    }

    /**
     * Returns what was agreed to.
     *
     * @return the consents, unmodifiable
     */
    public Set<Consent> consents() {
        return consents;
    }

    /**
     * Returns by what it is known.
     *
     * @return the reference, if it has one
     */
    public Optional<String> reference() {
        return Optional.ofNullable(reference);
    }

    /**
     * Returns when it ends.
     *
     * @return the last moment, if it ends
     */
    public Optional<Instant> notAfter() {
        return Optional.ofNullable(notAfter);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Approval that
                && consents.equals(that.consents)
                && Objects.equals(reference, that.reference)
                && Objects.equals(notAfter, that.notAfter);
    }

    @Override
    public int hashCode() {
        return Objects.hash(consents, reference, notAfter);
    }

    @Override
    public String toString() {
        return "approval" + (reference == null ? "" : " " + reference) + " of " + consents
                + (notAfter == null ? "" : ", not after " + notAfter);
    }
}
