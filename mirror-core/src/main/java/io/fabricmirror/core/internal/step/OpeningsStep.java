package io.fabricmirror.core.internal.step;

import io.fabricmirror.Change;
import io.fabricmirror.Consent;
import io.fabricmirror.MirrorException;
import io.fabricmirror.PreviewStep;
import io.fabricmirror.Problem;
import io.fabricmirror.SecretRef;
import io.fabricmirror.StepKey;
import io.fabricmirror.core.internal.lease.Openings;
import io.fabricmirror.core.internal.lease.RuleOpening;
import io.fabricmirror.core.internal.lease.VaultOpening;
import io.fabricmirror.core.internal.run.Step;
import io.fabricmirror.core.internal.scene.MirrorScene;
import io.fabricmirror.spi.NetworkClosedException;
import io.fabricmirror.spi.ServerControl.FirewallRule;
import io.fabricmirror.spi.ServerControl.Server;
import io.fabricmirror.spi.VaultControl.Vault;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Sees whether this host gets through to the vaults and to the server; opens what keeps it out, if the run agreed and the executor's
 * owner allows it, and closes it when the run ends. Ends what killed runs left open.
 */
public final class OpeningsStep extends Step<OpeningsStep.Seen> {
    private final MirrorScene scene;

    /** Prepares the step. */
    public OpeningsStep(MirrorScene scene) {
        super(StepKey.OPENINGS);
        this.scene = scene;
        scene.openings().endedByAStep();
    }

    @Override
    protected Seen observe() {
        Server server = scene.server();
        Map<SecretRef, NetworkClosedException> closed = new LinkedHashMap<>();
        Map<SecretRef, Vault> vaults = new LinkedHashMap<>();
        boolean mayOpenVaults = scene.run().allowed(Consent.OPEN_VAULT);
        for (SecretRef secret : oneSecretOfEachVault()) {
            scene.openings().refusalOf(secret).ifPresent(refusal -> closed.put(secret, refusal));
            if (mayOpenVaults) {
                // An executor that never opens a vault need not see vaults in ARM.
                scene.openings().find(secret).ifPresent(vault -> vaults.put(secret, vault));
            }
        }
        List<FirewallRule> rules =
                server.network().publicAccess() ? scene.ports().server().firewallRules(server.id()) : List.of();
        Seen seen = knock(server, closed, vaults, rules);
        scene.openings().noteClosedDoor(!seen.closedVaults().isEmpty() || seen.firewall() != null);
        return seen;
    }

    private Seen knock(
            Server server,
            Map<SecretRef, NetworkClosedException> closed,
            Map<SecretRef, Vault> vaults,
            List<FirewallRule> rules) {
        try {
            if (!scene.serverAnswered()) {
                scene.ports().source().knock(server.host(), scene.adminName());
            }
            return new Seen(closed, vaults, rules, null, null);
        } catch (NetworkClosedException e) {
            return new Seen(closed, vaults, rules, e, null);
        } catch (MirrorException e) {
            return new Seen(closed, vaults, rules, null, e.problem());
        }
    }

    @Override
    protected PreviewStep compare(Seen seen) {
        List<Problem> obstacles = new ArrayList<>();
        List<Change> changes = new ArrayList<>();
        List<Consent> consents = new ArrayList<>();
        Openings openings = scene.openings();
        seen.closedVaults().forEach((secret, refusal) -> {
            if (!scene.run().allowed(Consent.OPEN_VAULT)) {
                obstacles.add(orOpen(refusal, Consent.OPEN_VAULT));
            } else if (!seen.vaults().containsKey(secret)) {
                obstacles.add(vaultNotFound(secret, refusal));
            } else {
                changes.add(openings.vaultOpened(secret, refusal));
                consents.add(Consent.OPEN_VAULT);
            }
        });
        NetworkClosedException firewall = seen.firewall();
        if (firewall != null && !scene.run().allowed(Consent.OPEN_FIREWALL)) {
            obstacles.add(orOpen(firewall, Consent.OPEN_FIREWALL));
        } else if (firewall != null) {
            changes.add(openings.firewallOpened(firewall));
            consents.add(Consent.OPEN_FIREWALL);
        }
        if (seen.unreachable() != null) {
            obstacles.add(seen.unreachable());
        }
        if (!obstacles.isEmpty()) {
            return PreviewStep.blocked(key(), together(obstacles));
        }

        changes.addAll(overdue(seen));
        return changes.isEmpty()
                ? PreviewStep.satisfied(key(), openings.text())
                : PreviewStep.change(
                        key(),
                        "for this run only; taken back when it ends",
                        changes,
                        consents.stream().distinct().toList());
    }

    @Override
    protected void change(Seen seen) {
        Server server = scene.server();
        Instant now = scene.run().now();
        overdueVaults(seen, now).forEach(vault -> {
            VaultOpening.sweep(scene.ports().vaults(), vault.id(), now);
            scene.run().changed(swept(vault));
        });
        RuleOpening.overdue(seen.rules(), now).forEach(rule -> {
            scene.ports().server().deleteFirewallRule(server.id(), rule.name());
            scene.run().changed(swept(rule));
        });
        seen.closedVaults().forEach(scene.openings()::openVault);
        NetworkClosedException firewall = seen.firewall();
        if (firewall != null) {
            scene.openings().openFirewall(server.host(), scene.adminName(), firewall);
        }
        if (firewall != null || !seen.closedVaults().isEmpty()) {
            // A login that was refused before may be tried again.
            scene.forgetSessions();
        }
    }

    @Override
    protected void end() {
        scene.openings().close();
    }

    @Override
    protected boolean revealsOthers() {
        return true;
    }

    private List<SecretRef> oneSecretOfEachVault() {
        return List.copyOf(scene.secrets().stream()
                .collect(Collectors.toMap(SecretRef::vault, s -> s, (a, b) -> a, LinkedHashMap::new))
                .values());
    }

    private List<Change> overdue(Seen seen) {
        Instant now = scene.run().now();
        List<Change> changes = new ArrayList<>();
        overdueVaults(seen, now).forEach(vault -> changes.add(swept(vault)));
        RuleOpening.overdue(seen.rules(), now).forEach(rule -> changes.add(swept(rule)));
        return changes;
    }

    private static List<Vault> overdueVaults(Seen seen, Instant now) {
        return seen.vaults().values().stream()
                .filter(vault -> VaultOpening.hasOverdue(vault, now))
                .toList();
    }

    private static Change swept(Vault vault) {
        return new Change(
                "network of vault " + vault.name(), "left open by a run that did not end in time", "as it was");
    }

    private static Change swept(FirewallRule rule) {
        return new Change("firewall rule " + rule.name(), "left by a run that did not end in time", "deleted");
    }

    private static Problem orOpen(NetworkClosedException refusal, Consent consent) {
        Problem problem = refusal.problem();
        return problem.remedy(problem.remedy().map(r -> r + "; or ").orElse("")
                + "open it for the run: the executor's owner allows" + " it with AzureMirror.builder(credential).allow("
                + consent + "), and the run agrees with " + consent);
    }

    private Problem vaultNotFound(SecretRef secret, NetworkClosedException refusal) {
        Problem problem = refusal.problem();
        return problem.cause(
                problem.cause().map(c -> c + "; ").orElse("") + "it cannot be opened for the run, because no vault "
                        + secret.vaultName() + " is visible to this identity in subscription "
                        + scene.server().id().subscriptionId());
    }

    private static Problem together(List<Problem> problems) {
        if (problems.size() == 1) {
            return problems.get(0);
        }

        return Problem.of(
                        "THIS_HOST_IS_OUTSIDE",
                        problems.stream().map(Problem::what).collect(Collectors.joining("; ")))
                .seen(problems.stream().flatMap(p -> p.seen().stream()).collect(Collectors.joining("; ")))
                .remedy(problems.stream().flatMap(p -> p.remedy().stream()).collect(Collectors.joining("; ")));
    }

    /**
     * What the step sees.
     *
     * @param closedVaults a secret of each vault that does not admit this host, with what it said
     * @param vaults the vaults as ARM shows them, if this executor may open vaults
     * @param rules the server's firewall rules
     * @param firewall what the server's firewall said, if it does not admit this host
     * @param unreachable what keeps this host from the server, if no opening helps
     */
    public record Seen(
            Map<SecretRef, NetworkClosedException> closedVaults,
            Map<SecretRef, Vault> vaults,
            List<FirewallRule> rules,
            @Nullable NetworkClosedException firewall,
            @Nullable Problem unreachable) {}
}
