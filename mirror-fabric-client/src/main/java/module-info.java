/** A client of the Microsoft Fabric REST API; useful alone. */
@org.jspecify.annotations.NullMarked
module io.fabricmirror.fabric {
    requires transitive com.azure.core;
    requires com.fasterxml.jackson.databind;
    requires io.github.resilience4j.core;
    requires io.github.resilience4j.retry;
    requires java.net.http;
    requires org.slf4j;
    requires static transitive org.jspecify;

    exports io.fabricmirror.fabric;
}
