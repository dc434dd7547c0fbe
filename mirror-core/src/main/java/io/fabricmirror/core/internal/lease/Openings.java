package io.fabricmirror.core.internal.lease;

import io.fabricmirror.Change;
import io.fabricmirror.Consent;
import io.fabricmirror.MirrorException;
import io.fabricmirror.Problem;
import io.fabricmirror.SecretRef;
import io.fabricmirror.ServerId;
import io.fabricmirror.StepKey;
import io.fabricmirror.core.internal.run.NotKnownYet;
import io.fabricmirror.core.internal.run.Ports;
import io.fabricmirror.core.internal.run.Run;
import io.fabricmirror.spi.NetworkClosedException;
import io.fabricmirror.spi.VaultControl.Vault;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The temporary openings of one run: made only with its consent, within the executor's ceiling, and ended with it. Not thread-safe.
 */
public final class Openings {
    /** How long an opening may outlive its run's limit, because a call that is under way is not broken off. */
    private static final Duration MARGIN = Duration.ofMinutes(15);

    /** How long a network is given to let in whom its rules name. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);
    private static final int RUNNER_LENGTH = 8;

    private final Ports ports;
    private final Run run;
    private final ServerId server;
    private final String runner;
    private final Instant until;
    private final Map<String, VaultOpening> vaults = new LinkedHashMap<>();
    private final Map<String, String> vaultNames = new LinkedHashMap<>();
    private final RuleOpening rules;
    private final Set<URI> answered = new HashSet<>();
    private boolean closedDoorKnown;
    private boolean endedByAStep;

    /** Prepares the openings of a run; nothing is opened yet. */
    public Openings(Ports ports, Run run, ServerId server) {
        this.ports = ports;
        this.run = run;
        this.server = server;
        this.runner = run.id().replace("-", "").substring(0, RUNNER_LENGTH);
        this.until = run.deadline().plus(MARGIN);
        this.rules = new RuleOpening(ports.server(), server, runner, until);
    }

    /** Says that a step ends the openings with the run. Without such a step none is ever made. */
    public void endedByAStep() {
        endedByAStep = true;
    }

    /** Returns when the openings of this run are over at the latest. */
    public Instant until() {
        return until;
    }

    /** Says in a few words what is open for this run. */
    public String text() {
        List<String> open = new ArrayList<>();
        vaultNames.forEach((id, name) -> open.add("vault " + name));
        open.addAll(rules.names());
        return open.isEmpty()
                ? "this host gets through to server and vault; nothing is opened"
                : "open for this run, until " + until + " at the latest: " + String.join(", ", open);
    }

    /** Notes whether a door is known to be closed that an opening of this run will open. */
    public void noteClosedDoor(boolean closed) {
        closedDoorKnown = closed;
    }

    /** Tells whether a door is known to be closed, so that nothing behind it can be done yet. */
    public boolean isDoorClosed() {
        return closedDoorKnown;
    }

    /** Looks for the vault of a secret in the server's subscription. */
    public Optional<Vault> find(SecretRef secret) {
        return ports.vaults().find(server.subscriptionId(), secret.vault());
    }

    /** Opens a vault until it lets this host in. */
    public void openVault(SecretRef secret, NetworkClosedException refusal) {
        Vault vault = find(secret).orElseThrow(() -> new MirrorException(refusal.problem(), refusal));
        VaultOpening opening =
                vaults.computeIfAbsent(vault.id(), id -> new VaultOpening(ports.vaults(), id, runner, until, run::now));
        vaultNames.put(vault.id(), vault.name());
        opening.admit(address(refusal));
        run.changed(vaultOpened(secret, refusal));
        untilAdmitted(
                "vault " + vault.name() + " does not let this host in yet",
                () -> ports.secrets().read(secret),
                again -> opening.admit(address(again)));
    }

    /** Opens the server's firewall until it lets this host in. */
    public void openFirewall(String host, String user, NetworkClosedException refusal) {
        run.changed(firewallOpened(rules.admit(requiredAddress(refusal))));
        untilAdmitted(
                "the server's firewall does not let this host in yet",
                () -> ports.source().knock(host, user),
                again -> {
                    run.changed(firewallOpened(rules.admit(requiredAddress(again))));
                });
    }

    /** What opening a vault is called in previews and reports. */
    public Change vaultOpened(SecretRef secret, NetworkClosedException refusal) {
        return new Change(
                "network of vault " + secret.vaultName(),
                "closed to this host",
                "admits " + address(refusal).orElse("its address") + " until the run ends");
    }

    /** What opening the firewall is called in previews and reports. */
    public Change firewallOpened(NetworkClosedException refusal) {
        return Change.created("firewall rule", "admits " + requiredAddress(refusal) + " until the run ends");
    }

    /** Ends every opening of this run. */
    public void close() {
        List<String> left = new ArrayList<>();
        List<MirrorException> failures = new ArrayList<>();
        vaults.forEach((id, opening) -> attempt("vault " + vaultNames.get(id), left, failures, () -> {
            opening.close();
            run.changed(new Change("network of vault " + vaultNames.get(id), "admits this host", "as it was"));
        }));
        vaults.clear();
        attempt(
                "the firewall of " + server.name(),
                left,
                failures,
                () -> rules.close()
                        .forEach(name -> run.changed(new Change("firewall rule " + name, "there", "deleted"))));
        if (!failures.isEmpty()) {
            MirrorException first = failures.get(0);
            throw new MirrorException(
                    Problem.of("OPENING_NOT_CLOSED", "still open to this host: " + String.join(", ", left))
                            .seen(first.problem().line())
                            .cause("closing was refused or not answered")
                            .who("whoever answers for that network")
                            .remedy("run any plan of this server again after " + until
                                    + ", which ends what is overdue; or take back by hand what bears the name fabric-mirror and "
                                    + runner),
                    first);
        }
    }

    /** Tells whether a vault admits this host; throws nothing else that it says. */
    public Optional<NetworkClosedException> refusalOf(SecretRef secret) {
        if (answered.contains(secret.vault())) {
            return Optional.empty();
        }

        try {
            ports.secrets().read(secret);
        } catch (NetworkClosedException e) {
            return Optional.of(e);
        } catch (MirrorException e) {
            // It answers; that it says no is another step's matter.
        }
        answered.add(secret.vault());
        return Optional.empty();
    }

    /** Lets a secret be read or stored although the vault was closed meanwhile, by another run for instance. */
    <T> T reaching(SecretRef secret, Supplier<T> call) {
        try {
            T value = call.get();
            answered.add(secret.vault());
            return value;
        } catch (NetworkClosedException e) {
            answered.remove(secret.vault());
            requireNoClosedDoor();
            if (!mayOpenAgain(Consent.OPEN_VAULT)) {
                throw e;
            }

            openVault(secret, e);
            return call.get();
        }
    }

    /** Opens the firewall that was closed meanwhile, if the run may. */
    boolean openedAgain(String host, String user, NetworkClosedException refusal) {
        requireNoClosedDoor();
        if (!mayOpenAgain(Consent.OPEN_FIREWALL)) {
            return false;
        }

        openFirewall(host, user, refusal);
        return true;
    }

    private boolean mayOpenAgain(Consent consent) {
        return endedByAStep && run.performing() && run.agreed(consent);
    }

    /** What lies behind a door that this run has still to open is judged later. */
    private void requireNoClosedDoor() {
        if (closedDoorKnown) {
            throw new NotKnownYet(StepKey.OPENINGS);
        }
    }

    private void untilAdmitted(String waiting, Runnable knock, Consumer<NetworkClosedException> again) {
        Instant giveUp = run.now().plus(PATIENCE);
        run.waitUntilDone(LOOK_EVERY, () -> {
            try {
                knock.run();
                return Optional.empty();
            } catch (NetworkClosedException e) {
                if (run.now().isAfter(giveUp)) {
                    throw e;
                }
                again.accept(e);
                return Optional.of(waiting);
            } catch (MirrorException e) {
                // It answers; that it says no is another step's matter.
                return Optional.empty();
            }
        });
    }

    private Optional<String> address(NetworkClosedException refusal) {
        return refusal.callersAddress();
    }

    private String requiredAddress(NetworkClosedException refusal) {
        return address(refusal).orElseThrow(() -> new MirrorException(refusal.problem(), refusal));
    }

    private static Change firewallOpened(String rule) {
        return Change.created("firewall rule " + rule, "admits this host until the run ends");
    }

    private static void attempt(String what, List<String> left, List<MirrorException> failures, Runnable deed) {
        try {
            deed.run();
        } catch (MirrorException e) {
            left.add(what);
            failures.add(e);
        }
    }
}
