package io.fabricmirror;

import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Wants a mirror gone, and of what was made for it as much as its scope says. Deletes only what bears the name this library gives it
 * and what nobody else is seen to use; anything else stays and is named. Immutable.
 *
 * <pre>{@code
 * mirror.apply(plan.removal().connection().restoreOwners().build(), DELETE_MIRRORED_DATA);
 * }</pre>
 */
public final class RemovalPlan implements Plan {
    /** What may be removed with the mirrored database. */
    public enum Part {
        /** The mirrored database with its copy, and what it leaves at the source: slot and publication. Always part of it. */
        ITEM,
        /** The Fabric connection. */
        CONNECTION,
        /** The ownership of tables, which goes back to those who had it. */
        OWNERS,
        /** The mirroring role with its grants and the seed table. */
        ROLE,
        /** The database's entry among those enabled for mirroring. */
        PARAMETERS,
        /** The workspace role of the server's identity. */
        WORKSPACE_ROLE
    }

    private final MirrorPlan mirror;
    private final Set<Part> parts;

    private RemovalPlan(Builder builder) {
        this.mirror = builder.mirror;
        this.parts = Set.copyOf(builder.parts);
    }

    static Builder of(MirrorPlan mirror) {
        return new Builder(mirror);
    }

    @Override
    public String name() {
        return mirror.name();
    }

    /**
     * Returns the mirror to remove.
     *
     * @return its plan
     */
    public MirrorPlan mirror() {
        return mirror;
    }

    /**
     * Returns what is removed.
     *
     * @return the parts, {@link Part#ITEM} among them
     */
    public Set<Part> parts() {
        return parts;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RemovalPlan that && mirror.equals(that.mirror) && parts.equals(that.parts);
    }

    @Override
    public int hashCode() {
        return Objects.hash(mirror, parts);
    }

    /** Returns the plan on one line. */
    @Override
    public String toString() {
        return "remove " + EnumSet.copyOf(parts) + " of " + mirror;
    }

    /** Builds a {@link RemovalPlan}. Each method adds a part and returns this builder. Not thread-safe. */
    public static final class Builder {
        private final MirrorPlan mirror;
        private final Set<Part> parts = EnumSet.of(Part.ITEM);

        private Builder(MirrorPlan mirror) {
            this.mirror = mirror;
        }

        /**
         * Removes the Fabric connection too, unless another mirrored database is seen to use it.
         *
         * @return this builder
         */
        public Builder connection() {
            return add(Part.CONNECTION);
        }

        /**
         * Gives tables back to the owners they had before this library took them.
         *
         * @return this builder
         */
        public Builder restoreOwners() {
            return add(Part.OWNERS);
        }

        /**
         * Drops the mirroring role too, with its grants and the seed table, unless it owns anything else or another connection is
         * named for it. Its secret stays in the vault.
         *
         * @return this builder
         */
        public Builder role() {
            return add(Part.ROLE);
        }

        /**
         * Takes the database from the list of those enabled for mirroring. Other parameters stay: others may rely on them.
         *
         * @return this builder
         */
        public Builder parameters() {
            return add(Part.PARAMETERS);
        }

        /**
         * Takes the workspace role from the server's identity, unless another mirror in the workspace needs it.
         *
         * @return this builder
         */
        public Builder workspaceRole() {
            return add(Part.WORKSPACE_ROLE);
        }

        /**
         * Removes every part.
         *
         * @return this builder
         */
        public Builder everything() {
            parts.addAll(EnumSet.allOf(Part.class));
            return this;
        }

        /**
         * Returns the plan.
         *
         * @return the plan
         */
        public RemovalPlan build() {
            return new RemovalPlan(this);
        }

        private Builder add(Part part) {
            parts.add(part);
            return this;
        }
    }
}
