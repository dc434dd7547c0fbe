package io.fabricmirror.core.internal.lease;

import io.fabricmirror.spi.ServerControl.FirewallRule;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A firewall rule that one run added. The rule's name says it all, so that nothing else has to be remembered.
 *
 * @param runner which run
 * @param address the one address it admits, IPv4
 * @param until when it is over
 */
public record RuleLease(String runner, String address, Instant until) {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final Pattern NAME =
            Pattern.compile("fabric-mirror-([0-9]+(?:-[0-9]+){3})-until-([0-9]{8}T[0-9]{6}Z)-([0-9a-f]{8})");

    /** Reads a rule; empty if it is not ours, or somebody made another rule of it. */
    public static Optional<RuleLease> of(FirewallRule rule) {
        Matcher name = NAME.matcher(rule.name());
        if (!name.matches()) {
            return Optional.empty();
        }

        try {
            RuleLease lease = new RuleLease(
                    name.group(3), name.group(1).replace('-', '.'), STAMP.parse(name.group(2), Instant::from));
            return lease.rule().equals(rule) ? Optional.of(lease) : Optional.empty();
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** Returns the rule. */
    public FirewallRule rule() {
        String name = "fabric-mirror-" + address.replace('.', '-') + "-until-" + STAMP.format(until) + "-" + runner;
        return new FirewallRule(name, address, address);
    }

    boolean overAt(Instant now) {
        return !until.isAfter(now);
    }
}
