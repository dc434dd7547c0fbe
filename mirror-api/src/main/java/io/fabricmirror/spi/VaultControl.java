package io.fabricmirror.spi;

import io.fabricmirror.MirrorException;
import io.fabricmirror.OutcomeUnknownException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Reads and changes whom the network of a vault admits: Azure Resource Manager, not the vault's own endpoint. Implementations are
 * thread-safe.
 *
 * <p>Every method throws {@link MirrorException} if it is refused, and those that change something {@link OutcomeUnknownException}
 * if the answer is lost.
 */
public interface VaultControl {
    /**
     * Looks for a vault.
     *
     * @param subscriptionId the subscription to look in
     * @param vault the vault's own endpoint
     * @return the vault, or empty if the caller sees no such vault there
     */
    Optional<Vault> find(String subscriptionId, URI vault);

    /**
     * Reads a vault.
     *
     * @param id its ARM id
     * @return the vault as it is now
     */
    Vault vault(String id);

    /**
     * Changes whom a vault admits. Only what differs from what was seen is sent; the service knows no condition, so a change that
     * somebody else makes between the look and this call can be lost.
     *
     * @param seen the vault as it was read
     * @param wanted its network rules
     */
    void changeNetwork(Vault seen, Network wanted);

    /**
     * Sets one tag; the others stay.
     *
     * @param id the vault's ARM id
     * @param name the tag's name
     * @param value its value, at most 256 characters
     */
    void mergeTag(String id, String name, String value);

    /**
     * Deletes one tag; the others stay. Does nothing if the tag is not there with that value.
     *
     * @param id the vault's ARM id
     * @param name the tag's name
     * @param value its value
     */
    void deleteTag(String id, String name, String value);

    /**
     * A vault as ARM shows it.
     *
     * @param id its ARM id
     * @param name its name
     * @param network whom it admits
     * @param tags values by name
     */
    record Vault(String id, String name, Network network, Map<String, String> tags) {
        /**
         * Copies the tags.
         *
         * @param id its ARM id
         * @param name its name
         * @param network whom it admits
         * @param tags values by name
         */
        public Vault {
            tags = Map.copyOf(tags);
        }
    }

    /**
     * Whom a vault's network admits.
     *
     * @param publicAccess whether its public endpoint is on
     * @param allowsByDefault whether it admits everybody whom no rule names
     * @param addresses the addresses its rules name, as ARM writes them, such as {@code 203.0.113.10/32}
     * @param others what else its rules say, as the service writes it; sent back as it is
     */
    record Network(boolean publicAccess, boolean allowsByDefault, List<String> addresses, String others) {
        /**
         * Copies the list.
         *
         * @param publicAccess whether its public endpoint is on
         * @param allowsByDefault whether it admits everybody whom no rule names
         * @param addresses the addresses its rules name
         * @param others what else its rules say
         */
        public Network {
            addresses = List.copyOf(addresses);
            Objects.requireNonNull(others, "others");
        }
    }
}
