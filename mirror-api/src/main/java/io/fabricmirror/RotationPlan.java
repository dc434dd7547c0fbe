package io.fabricmirror;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Wants the password of a mirroring role to be young, and every mirror that logs in as that role to use it. A state, not a deed:
 * applied twice it rotates once, and a run that ended midway is finished by the next one. The newest enabled version of the secret is
 * what everything is brought to; nothing is ever set back. Immutable.
 *
 * <pre>{@code
 * RotationPlan rotation = RotationPlan.of(List.of(orders, returns)).secretsOlderThan(Duration.ofDays(30)).build();
 * }</pre>
 */
public final class RotationPlan implements Plan {
    private final List<MirrorPlan> mirrors;
    private final Set<String> spared;
    private final @Nullable Duration maximumAge;

    private RotationPlan(Builder builder) {
        this.mirrors = builder.mirrors;
        this.spared = Set.copyOf(builder.spared);
        this.maximumAge = builder.maximumAge;
    }

    /**
     * Starts a plan for every mirror of one server that logs in as one role: they share its password.
     *
     * @param mirrors the plans of these mirrors
     * @return a builder
     */
    public static Builder of(List<MirrorPlan> mirrors) {
        return new Builder(mirrors);
    }

    @Override
    public String name() {
        MirrorPlan first = mirrors.get(0);
        return "rotation of " + first.connection().user() + " on "
                + first.server().name();
    }

    /**
     * Returns the mirrors that share the role.
     *
     * @return their plans, at least one
     */
    public List<MirrorPlan> mirrors() {
        return mirrors;
    }

    /**
     * Returns the connections to the same server that log in as another role.
     *
     * @return their display names
     */
    public Set<String> spared() {
        return spared;
    }

    /**
     * Returns how old the secret may be.
     *
     * @return the age; empty if any age will do
     */
    public Optional<Duration> maximumAge() {
        return Optional.ofNullable(maximumAge);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RotationPlan that
                && mirrors.equals(that.mirrors)
                && spared.equals(that.spared)
                && maximumAge().equals(that.maximumAge());
    }

    @Override
    public int hashCode() {
        return Objects.hash(mirrors, spared, maximumAge);
    }

    /** Returns the plan on one line. */
    @Override
    public String toString() {
        return name() + ", used by " + mirrors.size() + " mirrors";
    }

    /** Builds a {@link RotationPlan}. Each method sets one value and returns this builder. Not thread-safe. */
    public static final class Builder {
        private final List<MirrorPlan> mirrors;
        private final Set<String> spared = new LinkedHashSet<>();
        private @Nullable Duration maximumAge;

        private Builder(List<MirrorPlan> mirrors) {
            this.mirrors = List.copyOf(mirrors);
        }

        /**
         * Sets from which age on a secret is replaced by a generated one; unless set, none is generated, and everything is brought to
         * the newest version that the vault has.
         *
         * @param age more than zero
         * @return this builder
         */
        public Builder secretsOlderThan(Duration age) {
            this.maximumAge = Objects.requireNonNull(age, "age");
            return this;
        }

        /**
         * Names connections to the same server that log in as another role. Fabric does not tell the role of a connection, so one
         * that no given plan describes stands in the way until it is named here.
         *
         * @param displayNames the connections' names in Fabric
         * @return this builder
         */
        public Builder sparing(String... displayNames) {
            spared.addAll(List.of(displayNames));
            return this;
        }

        /**
         * Returns the plan.
         *
         * @return the plan
         * @throws PlanException if the mirrors do not share one role and one secret; it names every mistake with its remedy
         */
        public RotationPlan build() {
            List<String> mistakes = new ArrayList<>();
            if (mirrors.isEmpty()) {
                mistakes.add("no mirror is named; give the plans of every mirror that logs in as the role");
            }
            if (mirrors.stream().anyMatch(m -> m.connection().mode() != ConnectionSpec.Mode.FABRIC_USER)) {
                mistakes.add("a mirror logs in as the administrator, whose password is never replaced;"
                        + " leave it out, or give it a role: ConnectionSpec.fabricUser(...)");
            }
            same("servers", mirrors.stream().map(m -> m.server().toString()).toList(), mistakes);
            same("roles", mirrors.stream().map(m -> m.connection().user()).toList(), mistakes);
            same(
                    "secrets",
                    mirrors.stream()
                            .map(m -> m.connection()
                                    .secret()
                                    .map(SecretRef::toString)
                                    .orElse(""))
                            .toList(),
                    mistakes);
            if (maximumAge != null && (maximumAge.isNegative() || maximumAge.isZero())) {
                mistakes.add("secretsOlderThan is " + maximumAge + "; give more than zero");
            }
            if (!mistakes.isEmpty()) {
                throw new PlanException("rotation", mistakes);
            }

            return new RotationPlan(this);
        }

        private static void same(String what, List<String> values, List<String> mistakes) {
            Set<String> distinct = new LinkedHashSet<>(values);
            if (distinct.size() > 1) {
                mistakes.add("the mirrors have different " + what + ": " + String.join(", ", distinct)
                        + "; a role has one password, so give those that share it, and rotate others apart");
            }
        }
    }
}
