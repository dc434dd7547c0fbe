/**
 * A local Azure to test against: Fabric, ARM, Key Vault and the token endpoint on the loopback interface, and real
 * PostgreSQL servers. Start with {@link io.fabricmirror.testkit.LocalAzure}.
 *
 * <p>It is meant to be no more permissive than the real services. What it can know of them, it has from Microsoft's
 * published specification, from recorded traffic and from documentation. What it cannot know, and does as follows:
 *
 * <ul>
 *   <li>Times. A new mirrored database is Initializing for 60 seconds, a start takes 30, a stop 30, as the recordings show
 *       for another kind of mirror. A name stays held for 5 minutes after a delete. Fabric knows a new managed identity
 *       after 20 seconds. ARM's long operations take 1 to 2 seconds, which is shorter than the real ones.
 *   <li>Enabling. {@code azure.fabric_mirror_enabled} and {@code azure.mirror_databases}, set through ARM, register the
 *       extension once {@code wal_level} really is logical. Reports differ on whether the real service needs the portal.
 *       Taking a database out of the list drops the extension from it.
 *   <li>{@code azure_cdc}. The extension is a simulation in SQL with the documented names and status codes. The form of
 *       {@code mirroring_data}, the order of findings, and which of them stop a table are inferred. PUBLICATION_LIMIT_REACHED
 *       is reported while a mirror of the database runs. Membership in {@code azure_cdc_admin} is judged by usage of its
 *       rights: from PostgreSQL 16 on the administrator may give the role away without having it.
 *   <li>Status errors. The codes in {@code error} of a mirror's or a table's status are the ones of {@code azure_cdc}, or
 *       InputValidationError, InternalError, IncorrectCredentials; no real sample was found.
 *   <li>Starting a mirror that runs, and stopping one that does not, is refused with OperationNotAllowedInCurrentStatus.
 *   <li>A second role assignment for one principal is refused with 409 PrincipalAlreadyHasWorkspaceRolePermissions.
 *   <li>A connection that cannot reach its server is refused with 400 UnknownError and the gateway's text in the details; at
 *       once, where the real service takes as long as a timeout.
 *   <li>A mirror takes up its stream again after a restart of the server, and its tables after the workspace role is given
 *       back. New credentials of its connection are used from the next session on.
 *   <li>A stop drops the replication slot and keeps the publication; every start copies anew.
 *   <li>A column that is added, renamed or dropped while a mirror runs changes the rows of the copy too: no value in a new
 *       column, and none kept of one that is gone, which the real service keeps. Sources contradict each other here.
 *   <li>Rows arrive within milliseconds, where the real service needs minutes under load. What arrived is kept as text.
 *   <li>Callers of this process are inside the network of every server, so that its firewall does not matter, until
 *       {@link io.fabricmirror.testkit.LocalServer#enforceFirewall} puts them outside. For vaults they are always outside. A
 *       changed rule acts at once, where the real services need a while.
 *   <li>A role that {@code pgaadauth_create_principal} made is granted to its maker with the admin option. An Entra
 *       administrator who is taken away keeps the role, which cannot sign in any more.
 *   <li>Entra groups, Key Vault references in connections, on-premises gateways, creating servers,
 *       workspaces, capacities and gateways are not simulated.
 *   <li>On PostgreSQL 14 and 15 the administrator may not give REPLICATION away, because the community's server refuses
 *       what Azure's own build allows.
 * </ul>
 */
package io.fabricmirror.testkit;
