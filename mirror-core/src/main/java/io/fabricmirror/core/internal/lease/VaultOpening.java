package io.fabricmirror.core.internal.lease;

import io.fabricmirror.MirrorException;
import io.fabricmirror.spi.VaultControl;
import io.fabricmirror.spi.VaultControl.Network;
import io.fabricmirror.spi.VaultControl.Vault;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One run's opening of one vault. Its tag is written before anything is opened and deleted after everything is undone, so that a kill
 * at any point leaves a trace. Not thread-safe.
 */
public final class VaultOpening {
    private static final int ATTEMPTS = 5;

    private final VaultControl control;
    private final String id;
    private final Supplier<Instant> clock;
    private VaultLease mine;
    private boolean begun;

    /** Prepares an opening; nothing is opened yet. */
    public VaultOpening(VaultControl control, String id, String runner, Instant until, Supplier<Instant> clock) {
        this.control = control;
        this.id = id;
        this.clock = clock;
        this.mine = VaultLease.nothing(runner, until);
    }

    /** Lets an address in. Without one, opens the endpoint to nobody: the vault's next refusal names the address. */
    public void admit(Optional<String> address) {
        Vault seen = control.vault(id);
        VaultLease wanted = mine.admitting(address, seen);
        boolean noted = begun && wanted.value().equals(seen.tags().get(wanted.tag()));
        mine = wanted;
        begun = true;
        if (!noted) {
            control.mergeTag(id, mine.tag(), mine.value());
        }
        control.changeNetwork(seen, mine.applied(seen.network()));
        if (!mine.inForce()) {
            mine = mine.nowInForce();
            control.mergeTag(id, mine.tag(), mine.value());
        }
    }

    /** Takes back what was added, unless another run still needs it. Does nothing if nothing was opened. */
    public void close() {
        if (!begun) {
            return;
        }

        VaultLease closing = mine.closing();
        MirrorException failure = attempt(() -> control.mergeTag(id, closing.tag(), closing.value()), null);
        boolean closed = false;
        // The last look is the one that finds nothing left to undo.
        for (int i = 0; i < ATTEMPTS && !closed; i++) {
            Vault seen = control.vault(id);
            Network wanted = closing.undone(seen.network(), needed(seen, clock.get()));
            closed = wanted.equals(seen.network());
            if (!closed) {
                failure = attempt(() -> control.changeNetwork(seen, wanted), failure);
            }
        }
        if (!closed && failure != null) {
            throw failure;
        }

        control.deleteTag(id, closing.tag(), closing.value());
        begun = false;
    }

    /** Tells whether a vault bears traces of runs that did not end in time. */
    public static boolean hasOverdue(Vault vault, Instant now) {
        return VaultLease.of(vault).stream().anyMatch(lease -> !lease.until().isAfter(now));
    }

    /**
     * Undoes what runs that did not end in time left open.
     *
     * @return how many there were
     */
    public static int sweep(VaultControl control, String id, Instant now) {
        int swept = 0;
        Vault seen = control.vault(id);
        for (VaultLease lease : VaultLease.of(seen)) {
            if (!lease.until().isAfter(now)) {
                seen = control.vault(id);
                control.changeNetwork(seen, lease.undone(seen.network(), needed(seen, now)));
                control.deleteTag(id, lease.tag(), lease.value());
                swept++;
            }
        }
        return swept;
    }

    private static List<VaultLease> needed(Vault vault, Instant now) {
        return VaultLease.of(vault).stream().filter(lease -> lease.needed(now)).toList();
    }

    /** Goes on after a failure, because what matters is that the vault is closed; the first failure is kept. */
    private static @Nullable MirrorException attempt(Runnable change, @Nullable MirrorException before) {
        try {
            change.run();
            return before;
        } catch (MirrorException e) {
            return before == null ? e : before;
        }
    }
}
