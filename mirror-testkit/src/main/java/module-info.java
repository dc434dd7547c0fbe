/** A local Azure to test against: Fabric, ARM, Key Vault and a real PostgreSQL. */
@org.jspecify.annotations.NullMarked
module io.fabricmirror.testkit {
    requires transitive com.azure.core;
    requires transitive io.fabricmirror;
    requires com.fasterxml.jackson.databind;
    requires java.net.http;
    requires java.sql;
    requires org.apache.commons.compress;
    requires org.postgresql.jdbc;
    requires org.slf4j;
    requires org.tukaani.xz;
    requires static transitive org.jspecify;
    requires static transitive org.junit.jupiter.api;

    exports io.fabricmirror.testkit;
    exports io.fabricmirror.testkit.contract;
}
