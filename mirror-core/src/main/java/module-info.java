/** Previews and applies plans against Azure and Fabric. */
@org.jspecify.annotations.NullMarked
module io.fabricmirror.core {
    requires transitive com.azure.core;
    requires transitive io.fabricmirror;
    requires transitive io.fabricmirror.fabric;
    requires com.azure.core.management;
    requires com.azure.resourcemanager.postgresqlflexibleserver;
    requires com.azure.security.keyvault.secrets;
    requires com.fasterxml.jackson.databind;
    requires java.net.http;
    requires java.sql;
    requires org.postgresql.jdbc;
    requires org.slf4j;
    requires static transitive org.jspecify;

    exports io.fabricmirror.core;
}
