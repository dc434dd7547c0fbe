/**
 * A client of the Microsoft Fabric REST API, for what mirroring a database needs. Start at {@link
 * io.fabricmirror.fabric.FabricClient}.
 *
 * <p>It promises that what the service adds does not break it: values are open, unknown fields are ignored in answers and kept in
 * definitions. It can be used without the rest of Fabric Mirror.
 */
package io.fabricmirror.fabric;
