package io.fabricmirror.core.internal.lease;

import io.fabricmirror.spi.VaultControl.Network;
import io.fabricmirror.spi.VaultControl.Vault;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What temporary openings added to a vault's network rules, as one of them knows it; kept in a tag of the vault. An opening also
 * notes what others added before it, so that whoever comes last can undo everything.
 *
 * @param runner which run
 * @param until when it is over
 * @param open whether the runner still needs it; false while it is being undone
 * @param madePublic whether the public endpoint was switched on
 * @param madeDeny whether "admit everybody" was turned into "admit only whom a rule names", as long as the endpoint is on
 * @param addresses the addresses added, as ARM writes them
 * @param inForce whether the rules were seen to hold what this opening adds; before, it is only about to be added
 */
public record VaultLease(
        String runner,
        Instant until,
        boolean open,
        boolean madePublic,
        boolean madeDeny,
        Set<String> addresses,
        boolean inForce) {
    /** How many addresses of one runner a tag has room for: Azure takes 256 characters. */
    static final int MOST_ADDRESSES = 8;

    private static final String PREFIX = "fabric-mirror-opening-";
    private static final Pattern VALUE =
            Pattern.compile("(opening|open|closing|dropping) until=([0-9TZ:-]+)( public)?( deny)?(?: ip=([0-9./,]+))?");

    /** Copies the addresses. */
    public VaultLease {
        until = until.truncatedTo(ChronoUnit.SECONDS);
        addresses = Set.copyOf(addresses);
    }

    /** Returns the opening of a run that has added nothing yet. */
    static VaultLease nothing(String runner, Instant until) {
        return new VaultLease(runner, until, true, false, false, Set.of(), false);
    }

    /** Returns all openings whose tags a vault bears. */
    static List<VaultLease> of(Vault vault) {
        List<VaultLease> all = new ArrayList<>();
        vault.tags().forEach((name, value) -> read(name, value).ifPresent(all::add));
        return all;
    }

    static Optional<VaultLease> read(String tag, String value) {
        Matcher words = VALUE.matcher(value);
        if (!tag.startsWith(PREFIX) || !words.matches()) {
            return Optional.empty();
        }

        try {
            return Optional.of(new VaultLease(
                    tag.substring(PREFIX.length()),
                    Instant.parse(words.group(2)),
                    words.group(1).startsWith("open"),
                    words.group(3) != null,
                    words.group(4) != null,
                    words.group(5) == null ? Set.of() : Set.of(words.group(5).split(",")),
                    words.group(1).equals("open") || words.group(1).equals("closing")));
        } catch (DateTimeParseException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    String tag() {
        return PREFIX + runner;
    }

    String value() {
        String state = open ? (inForce ? "open" : "opening") : (inForce ? "closing" : "dropping");
        return state + " until=" + until + (madePublic ? " public" : "") + (madeDeny ? " deny" : "")
                + (addresses.isEmpty() ? "" : " ip=" + String.join(",", new TreeSet<>(addresses)));
    }

    boolean needed(Instant now) {
        return open && until.isAfter(now);
    }

    VaultLease closing() {
        return new VaultLease(runner, until, false, madePublic, madeDeny, addresses, inForce);
    }

    VaultLease nowInForce() {
        return new VaultLease(runner, until, open, madePublic, madeDeny, addresses, true);
    }

    /** Returns this opening with what it takes to let an address into a vault; without one, only the endpoint is opened. */
    VaultLease admitting(Optional<String> address, Vault vault) {
        Network network = vault.network();
        boolean toPublic = !network.publicAccess();
        Set<String> added = new TreeSet<>(addresses);
        address.map(VaultLease::range)
                .filter(range -> !network.addresses().contains(range))
                .ifPresent(added::add);
        VaultLease mine = new VaultLease(
                runner,
                until,
                true,
                madePublic || toPublic,
                madeDeny || (toPublic && network.allowsByDefault()),
                added,
                inForce && added.equals(addresses));
        return mine.withWhatOthersAdded(of(vault), network);
    }

    private VaultLease withWhatOthersAdded(Collection<VaultLease> others, Network network) {
        Set<String> all = new TreeSet<>(addresses);
        boolean pub = madePublic;
        boolean deny = madeDeny;
        for (VaultLease other : others) {
            other.addresses.stream()
                    .filter(a -> network.addresses().contains(a) && all.size() < MOST_ADDRESSES)
                    .forEach(all::add);
            pub |= other.madePublic;
            deny |= other.madeDeny;
        }
        return new VaultLease(runner, until, open, pub, deny, all, inForce);
    }

    /** Returns the network rules with this opening in force. */
    Network applied(Network network) {
        List<String> admitted = new ArrayList<>(network.addresses());
        addresses.stream().sorted().filter(a -> !admitted.contains(a)).forEach(admitted::add);
        return new Network(
                network.publicAccess() || madePublic,
                network.allowsByDefault() && !madeDeny,
                admitted,
                network.others());
    }

    /**
     * Returns the network rules without this opening. What an opening still needed has added stays; and if the rules are no longer
     * as an opening leaves them, somebody decided otherwise meanwhile: then only addresses are taken back.
     */
    Network undone(Network network, Collection<VaultLease> needed) {
        boolean asLeft = network.publicAccess()
                && !network.allowsByDefault()
                && (!inForce || addresses.isEmpty() || addresses.stream().anyMatch(network.addresses()::contains));
        List<String> admitted = network.addresses().stream()
                .filter(a -> !addresses.contains(a) || needed.stream().anyMatch(n -> n.addresses.contains(a)))
                .toList();
        boolean close = madePublic && asLeft && needed.stream().noneMatch(n -> n.madePublic);
        // Without the endpoint this has no effect, so it may come back even if somebody else has closed the endpoint.
        boolean allow = madeDeny
                && (close || !network.publicAccess())
                && needed.stream().noneMatch(n -> n.madeDeny);
        return new Network(
                network.publicAccess() && !close, network.allowsByDefault() || allow, admitted, network.others());
    }

    /** ARM writes a single address as a range of one. */
    static String range(String address) {
        return address.contains("/") ? address : address + "/32";
    }
}
