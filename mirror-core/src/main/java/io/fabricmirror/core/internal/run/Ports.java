package io.fabricmirror.core.internal.run;

import io.fabricmirror.spi.FabricControl;
import io.fabricmirror.spi.Pacer;
import io.fabricmirror.spi.Secret;
import io.fabricmirror.spi.SecretStore;
import io.fabricmirror.spi.ServerControl;
import io.fabricmirror.spi.SourceDatabase;
import io.fabricmirror.spi.VaultControl;
import java.util.function.Supplier;

/**
 * Everything a run reaches the world through.
 *
 * @param server Azure Resource Manager
 * @param vaults Azure Resource Manager, for the networks of vaults
 * @param secrets Key Vault
 * @param source PostgreSQL
 * @param fabric Microsoft Fabric
 * @param databaseToken a fresh token of the caller's for PostgreSQL
 * @param pacer time
 */
public record Ports(
        ServerControl server,
        VaultControl vaults,
        SecretStore secrets,
        SourceDatabase source,
        FabricControl fabric,
        Supplier<Secret> databaseToken,
        Pacer pacer) {
    /**
     * Returns the same with other ways to secrets and to PostgreSQL.
     *
     * @param otherSecrets Key Vault
     * @param otherSource PostgreSQL
     * @return a copy
     */
    public Ports with(SecretStore otherSecrets, SourceDatabase otherSource) {
        return new Ports(server, vaults, otherSecrets, otherSource, fabric, databaseToken, pacer);
    }
}
