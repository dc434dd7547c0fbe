package io.fabricmirror.core.internal.run;

import io.fabricmirror.spi.FabricControl;
import io.fabricmirror.spi.Pacer;
import io.fabricmirror.spi.SecretStore;
import io.fabricmirror.spi.ServerControl;
import io.fabricmirror.spi.SourceDatabase;

/**
 * Everything a run reaches the world through.
 *
 * @param server Azure Resource Manager
 * @param secrets Key Vault
 * @param source PostgreSQL
 * @param fabric Microsoft Fabric
 * @param pacer time
 */
public record Ports(
        ServerControl server, SecretStore secrets, SourceDatabase source, FabricControl fabric, Pacer pacer) {}
