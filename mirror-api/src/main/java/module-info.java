/** Plans, previews, reports and ports of Fabric Mirror. Sees only the JDK. */
@org.jspecify.annotations.NullMarked
module io.fabricmirror {
    requires transitive java.sql;
    requires static transitive org.jspecify;

    exports io.fabricmirror;
    exports io.fabricmirror.spi;
}
