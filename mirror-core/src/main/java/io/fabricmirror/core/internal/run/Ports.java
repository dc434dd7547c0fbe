package io.fabricmirror.core.internal.run;

import io.fabricmirror.spi.FabricControl;
import io.fabricmirror.spi.Pacer;
import io.fabricmirror.spi.SecretStore;
import io.fabricmirror.spi.ServerControl;
import io.fabricmirror.spi.SourceDatabase;
import io.fabricmirror.spi.VaultControl;

/**
 * Everything a run reaches the world through.
 *
 * @param server Azure Resource Manager
 * @param vaults Azure Resource Manager, for the networks of vaults
 * @param secrets Key Vault
 * @param source PostgreSQL
 * @param fabric Microsoft Fabric
 * @param pacer time
 */
public record Ports(
        ServerControl server,
        VaultControl vaults,
        SecretStore secrets,
        SourceDatabase source,
        FabricControl fabric,
        Pacer pacer) {
    /**
     * Returns the same with other ways to secrets and to PostgreSQL.
     *
     * @param otherSecrets Key Vault
     * @param otherSource PostgreSQL
     * @return a copy
     */
    public Ports with(SecretStore otherSecrets, SourceDatabase otherSource) {
        return new Ports(server, vaults, otherSecrets, otherSource, fabric, pacer);
    }
}
