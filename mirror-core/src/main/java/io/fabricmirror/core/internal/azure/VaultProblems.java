package io.fabricmirror.core.internal.azure;

import io.fabricmirror.Problem;
import io.fabricmirror.SecretRef;
import io.fabricmirror.core.internal.azure.ServiceError.Kind;
import io.fabricmirror.fabric.Cloud;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Explains what Key Vault refuses. */
final class VaultProblems {
    /** Code of a vault whose network does not admit this host. */
    static final String CLOSED = "VAULT_CLOSED";

    private static final Pattern CALLER_ADDRESS = Pattern.compile("Client address: ([0-9a-fA-F.:]+)");

    private VaultProblems() {}

    /** Returns the problem for a secret that could not be read or stored, by what came back. */
    static Problem explain(SecretRef secret, String verb, ServiceError error) {
        String named = KeyVaultSecretStore.named(secret);
        Problem problem;
        if (error.kind() == Kind.NOT_SENT || error.kind() == Kind.NO_ANSWER) {
            problem = notReachable(secret, verb, error);
        } else {
            problem = WayProblems.explain("vault " + secret.vaultName(), verb + " " + named, error)
                    .orElseGet(() -> answer(secret, named, verb, error));
        }
        return error.requestId().isEmpty() ? problem : problem.requestId(error.requestId());
    }

    /** Says that a deleted secret still holds its name. */
    static Problem deleted(SecretRef secret) {
        return Problem.of(
                        "SECRET_DELETED",
                        KeyVaultSecretStore.named(secret) + " is deleted, and the vault still holds the name")
                .who("whoever may recover or purge secrets of " + secret.vaultName())
                .remedy("recover it (its password is then used), purge it, or name another secret");
    }

    /** Says that a vault is not where its cloud's vaults are. */
    static Problem otherCloud(SecretRef secret, Cloud cloud) {
        return Problem.of(
                        "VAULT_OF_OTHER_CLOUD",
                        secret.vault().getHost() + " is no vault of " + cloud + "; it was sent nothing")
                .remedy("name the vault {vault}." + cloud.vaultSuffix() + ", or set the cloud of the executor");
    }

    private static Problem answer(SecretRef secret, String named, String verb, ServiceError error) {
        return switch (error.bestCode()) {
            case "SecretDisabled" ->
                Problem.of(
                                "SECRET_DISABLED",
                                "the newest version of " + named + " is disabled; it was not taken for absent")
                        .seen(error.seen())
                        .remedy("enable that version, or store a new one");
            case "ObjectIsDeletedButRecoverable", "ObjectIsBeingDeleted" ->
                deleted(secret).seen(error.seen());
            default ->
                error.status() == 403 || error.status() == 401
                        ? forbidden(secret, named, verb, error)
                        : Problem.of(error.bestCode(), "Key Vault did not " + verb + " " + named)
                                .seen(error.seen());
        };
    }

    private static Problem forbidden(SecretRef secret, String named, String verb, ServiceError error) {
        boolean reading = verb.equals("read");
        boolean closed = Set.of("ForbiddenByFirewall", "ForbiddenByConnection").contains(error.bestCode());
        Problem problem = Problem.of(
                        closed ? CLOSED : "SECRET_FORBIDDEN",
                        named
                                + (reading
                                        ? " may not be read; it was not taken for absent"
                                        : " may not be stored; it is as it was"))
                .seen(seen(error));
        return switch (error.bestCode()) {
            case "ForbiddenByFirewall" ->
                problem.cause("the vault admits only selected networks, and this host is not in one of them")
                        .who("whoever answers for the vault's network rules")
                        .remedy("run on a host that the vault admits, or let it admit this one");
            case "ForbiddenByConnection" ->
                problem.cause("the vault admits only private endpoints, and this host did not come through one")
                        .who("whoever answers for the vault's network rules")
                        .remedy("run on a host in a network with a private endpoint of the vault");
            case "ForbiddenByPolicy", "AccessDenied" ->
                problem.cause("no access policy of the vault lets this identity " + verb + " secrets")
                        .who("an owner of " + secret.vaultName())
                        .remedy("add an access policy with the secret permission " + (reading ? "Get" : "Set"));
            case "ForbiddenByRbac" ->
                problem.cause("this identity has no role on the vault that lets it " + verb + " secrets")
                        .who("whoever may assign roles on " + secret.vaultName())
                        .remedy("grant it \"Key Vault Secrets " + (reading ? "User" : "Officer") + "\" on "
                                + secret.vaultName() + "; it takes a few minutes to work");
            default ->
                error.status() == 401
                        ? problem.cause("the credential signs in to another tenant than the vault's")
                                .remedy("build the vault's credential with the vault's tenant")
                        : problem.remedy("let this identity " + verb + " secrets of " + secret.vaultName());
        };
    }

    private static Problem notReachable(SecretRef secret, String verb, ServiceError error) {
        String how = error.kind() == Kind.NOT_SENT ? "this host does not reach " : "no usable answer came from ";
        return Problem.of(
                        "VAULT_NOT_REACHABLE",
                        "cannot " + verb + " secret \"" + secret.name() + "\": " + how
                                + secret.vault().getHost() + "; it was not taken for absent")
                .seen(error.message())
                .cause("a wrong vault name, a vault that only private networks can reach, or a proxy in between")
                .remedy("correct the vault's URI, or run the same plan on a host that reaches it");
    }

    private static String seen(ServiceError error) {
        return callersAddress(error)
                .map(address -> error.status() + " " + error.bestCode() + ", caller address " + address)
                .orElseGet(error::seen);
    }

    /** Returns the address of this host as the vault saw it, if it said so. */
    static Optional<String> callersAddress(ServiceError error) {
        Matcher address = CALLER_ADDRESS.matcher(error.message());
        return address.find() ? Optional.of(address.group(1)) : Optional.empty();
    }
}
