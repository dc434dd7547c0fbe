package io.fabricmirror.testkit.internal.arm;

import java.util.List;

/**
 * A parameter that Azure adds to PostgreSQL's own. PostgreSQL knows it as a custom setting only, so its properties are
 * kept here. Source: Microsoft's page on the server parameters of Fabric mirroring.
 *
 * @param name the parameter
 * @param type ARM's data type
 * @param initial its default
 * @param dynamic whether it acts without a restart
 * @param readOnly whether only the service sets it
 */
record AzureParameter(String name, String type, String initial, boolean dynamic, boolean readOnly) {
    static final String MIRROR_ENABLED = "azure.fabric_mirror_enabled";
    static final String MIRROR_DATABASES = "azure.mirror_databases";
    static final String PRINCIPAL = "azure.service_principal_id";
    static final String PRINCIPAL_TENANT = "azure.service_principal_tenant_id";

    static final List<AzureParameter> ALL = List.of(
            new AzureParameter("azure.extensions", "Set", "", true, false),
            new AzureParameter(MIRROR_ENABLED, "Boolean", "off", true, false),
            new AzureParameter(MIRROR_DATABASES, "String", "", true, false),
            new AzureParameter(PRINCIPAL, "String", "", true, true),
            new AzureParameter(PRINCIPAL_TENANT, "String", "", true, true),
            new AzureParameter("azure_cdc.change_batch_buffer_size", "Integer", "16", true, false),
            new AzureParameter("azure_cdc.change_batch_export_timeout", "Integer", "30", true, false),
            new AzureParameter("azure_cdc.max_fabric_mirrors", "Integer", "3", false, false),
            new AzureParameter("azure_cdc.max_snapshot_workers", "Integer", "3", true, false),
            new AzureParameter("azure_cdc.onelake_buffer_size", "Integer", "100", true, false),
            new AzureParameter("azure_cdc.parquet_compression", "String", "ZSTD", true, false),
            new AzureParameter("azure_cdc.prune_local_batches", "Boolean", "on", true, false),
            new AzureParameter("azure_cdc.snapshot_buffer_size", "Integer", "1000", true, false),
            new AzureParameter("azure_cdc.snapshot_export_timeout", "Integer", "180", true, false));

    String allowed() {
        return switch (type) {
            case "Boolean" -> "on,off";
            case "Integer" -> "0-2147483647";
            default -> ".*";
        };
    }
}
