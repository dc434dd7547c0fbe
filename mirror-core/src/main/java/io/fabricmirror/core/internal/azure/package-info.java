/**
 * Adapters from the ports to Azure Resource Manager, Key Vault and Fabric. The ARM library is a beta and stays in here.
 *
 * <p>Start with {@code ArmServerControl}, {@code KeyVaultSecretStore} and {@code FabricAdapter}. What is tried again, how often
 * and how long is decided in {@code ServiceCalls} alone: the libraries' own retry policies sleep outside the time port and
 * repeat changes whose answer was lost. There is absolutely no guarantee about the compatibility of this package.
 */
package io.fabricmirror.core.internal.azure;
