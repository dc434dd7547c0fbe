package io.fabricmirror.core.internal.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What a mirror has at its source: publications that the extension {@code azure_cdc} tracks, and their slots. */
public final class Leftovers {
    private Leftovers() {}

    /**
     * Lists the tracked publications of a database.
     *
     * @param admin the administrator's connection to it
     * @return the publications that are active, have a slot or still exist
     */
    public static List<Publication> read(Connection admin) {
        if (AzureCdc.find(admin).extension() != AzureCdc.Extension.READY) {
            return List.of();
        }

        List<Publication> found = new ArrayList<>();
        Sql.query(
                        admin,
                        "select \"publicationName\", active from azure_cdc.list_tracked_publications()",
                        r -> new Publication(r.getString(1), r.getBoolean(2), "", false, ""))
                .forEach(tracked -> found.add(withSlot(admin, tracked)));
        found.removeIf(p -> !p.active() && p.slot().isEmpty() && p.owner().isEmpty());
        return found;
    }

    /**
     * Stops a publication and removes it with its slot.
     *
     * @param admin the administrator's connection to the database
     * @param publication the publication, whose slot nobody reads
     * @throws SQLException if the server refuses
     */
    public static void remove(Connection admin, Publication publication) throws SQLException {
        if (publication.active() || !publication.slot().isEmpty()) {
            Sql.execute(admin, "select azure_cdc.stop_publication(" + Sql.literal(publication.name()) + ")");
        }
        if (!publication.owner().isEmpty()) {
            TemporaryMembership.during(
                    admin,
                    List.of(publication.owner()),
                    List.of(),
                    () -> Sql.execute(admin, "drop publication if exists " + Sql.identifier(publication.name())));
        }
    }

    private static Publication withSlot(Connection admin, Publication tracked) {
        String slot = Sql.query(
                        admin,
                        "select coalesce(slot_name::text, '') from azure_cdc.publication_status(?)",
                        r -> r.getString(1),
                        tracked.name())
                .stream()
                .findFirst()
                .orElse("");
        return Sql.query(
                        admin,
                        """
                        select coalesce((select slot_name::text from pg_catalog.pg_replication_slots where slot_name = ?::name), ''),
                               coalesce((select active from pg_catalog.pg_replication_slots where slot_name = ?::name), false),
                               coalesce((select pg_catalog.pg_get_userbyid(pubowner) from pg_catalog.pg_publication where pubname = ?::name), '')
                        """,
                        r -> new Publication(
                                tracked.name(), tracked.active(), r.getString(1), r.getBoolean(2), r.getString(3)),
                        slot,
                        slot,
                        tracked.name())
                .get(0);
    }

    /**
     * A publication of a mirror.
     *
     * @param name its name
     * @param active whether the extension calls it active
     * @param slot its slot, if that exists; else empty text
     * @param read whether somebody reads the slot now
     * @param owner who owns it, if it exists; else empty text
     */
    public record Publication(String name, boolean active, String slot, boolean read, String owner) {}
}
