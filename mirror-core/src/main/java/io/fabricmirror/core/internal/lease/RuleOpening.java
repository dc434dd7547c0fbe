package io.fabricmirror.core.internal.lease;

import io.fabricmirror.ServerId;
import io.fabricmirror.spi.ServerControl;
import io.fabricmirror.spi.ServerControl.FirewallRule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** One run's firewall rules on one server. Not thread-safe. */
public final class RuleOpening {
    private final ServerControl control;
    private final ServerId server;
    private final String runner;
    private final Instant until;
    private final List<FirewallRule> mine = new ArrayList<>();

    /** Prepares an opening; nothing is opened yet. */
    public RuleOpening(ServerControl control, ServerId server, String runner, Instant until) {
        this.control = control;
        this.server = server;
        this.runner = runner;
        this.until = until;
    }

    /** Lets an address in, by a rule of its own name; returns that name. */
    public String admit(String address) {
        FirewallRule rule = new RuleLease(runner, address, until).rule();
        if (!mine.contains(rule)) {
            mine.add(rule);
        }
        control.createFirewallRule(server, rule);
        return rule.name();
    }

    List<String> names() {
        return mine.stream().map(rule -> "firewall rule " + rule.name()).toList();
    }

    /** Deletes the rules; returns the names of those it deleted. A rule that somebody made another one of is left to them. */
    public List<String> close() {
        List<String> deleted = new ArrayList<>();
        for (FirewallRule there : mine.isEmpty() ? List.<FirewallRule>of() : control.firewallRules(server)) {
            if (mine.contains(there)) {
                control.deleteFirewallRule(server, there.name());
                deleted.add(there.name());
            }
        }
        mine.clear();
        return deleted;
    }

    /** Returns the rules, of all those of a server, that runs which did not end in time left behind. */
    public static List<FirewallRule> overdue(List<FirewallRule> rules, Instant now) {
        return rules.stream()
                .filter(rule ->
                        RuleLease.of(rule).filter(lease -> lease.overAt(now)).isPresent())
                .toList();
    }

    /** Deletes what runs that did not end in time left behind; returns the rules' names. */
    public static List<String> sweep(ServerControl control, ServerId server, Instant now) {
        List<String> names = overdue(control.firewallRules(server), now).stream()
                .map(FirewallRule::name)
                .toList();
        names.forEach(name -> control.deleteFirewallRule(server, name));
        return names;
    }
}
