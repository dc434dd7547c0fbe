package io.fabricmirror.core.internal.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabricmirror.TableName;
import io.fabricmirror.spi.Secret;
import io.fabricmirror.spi.SourceDatabase.Login;
import io.fabricmirror.testkit.LocalAzure;
import io.fabricmirror.testkit.LocalServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What moving a table does to those who owned and used it, on a real server, by an administrator who is no superuser. */
@Tag("postgres")
@Tag("G32")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OwnershipIT {
    private static final String ROLE = "fabric_user";
    private static final String PASSWORD = "Aa1-of-the-application";

    private LocalAzure azure;
    private LocalServer server;
    private Connection admin;
    private Ownership ownership;

    @BeforeAll
    void start() throws SQLException {
        azure = LocalAzure.start();
        server = azure.server("pg-orders").sql("orders", "select 1");
        admin = new JdbcSourceDatabase(azure.jdbcProperties())
                .connect(new Login(server.fqdn(), "orders", server.adminLogin(), Secret.of(server.adminPassword())));
        Sql.execute(admin, "create role fabric_user login");
        Sql.execute(admin, "create role app_owner login createdb password '" + PASSWORD + "'");
        Sql.execute(admin, "create role app_reader login");
        server.sql("orders", """
                reset role;
                grant create, usage on schema public to fabric_user, app_owner;
                set role app_owner;
                create table serials (id serial primary key, t text);
                create table identities (id int generated always as identity primary key, t text);
                create table parents (id int primary key);
                create table children (id int primary key, parent int references parents);
                create view serial_view as select * from serials;
                create function add_serial() returns int language sql security definer
                  as $$ insert into serials (t) values ('f') returning id $$;
                create table read_by_others (id int primary key);
                grant select on read_by_others to app_reader;
                create table restored (id int primary key);
                create table altered (id int primary key);
                alter default privileges grant select on tables to app_reader
                """);
        ownership = new Ownership(admin, ROLE);
        ownership.prepare();
    }

    @AfterAll
    void close() throws SQLException {
        admin.close();
        azure.close();
    }

    @Test
    void take_serialAndIdentityColumns_formerOwnerStillInserts() throws SQLException {
        take("serials", "identities");

        app(
                "insert into serials (t) values ('a')",
                "insert into identities (t) values ('a')",
                "update serials set t = 'b'");

        assertThat(owner("serials_id_seq")).isEqualTo(ROLE);
        assertThat(owner("identities_id_seq")).isEqualTo(ROLE);
    }

    @Test
    void take_viewsAndFunctionsOfTheFormerOwner_goOnWorking() throws SQLException {
        take("serials");

        app("select * from serial_view", "select add_serial()");
    }

    @Test
    void take_oneSideOfAForeignKey_isStillChecked() throws SQLException {
        take("parents");

        app("insert into parents values (1)", "insert into children values (1, 1)");

        assertThatThrownBy(() -> app("insert into children values (2, 99)")).hasMessageContaining("foreign key");
    }

    @Test
    void take_rightsAndDefaultPrivilegesOfOthers_stay() throws SQLException {
        take("read_by_others");

        app("create table newer (id int primary key)");

        assertThat(server.query(
                        "orders",
                        "select has_table_privilege('app_reader', 'read_by_others', 'select')"
                                + " and has_table_privilege('app_reader', 'newer', 'select')"))
                .isEqualTo("t");
    }

    @Test
    void restore_takenTable_belongsToItsFormerOwnerAsBefore() throws SQLException {
        TableName table = new TableName("public", "restored");
        take("restored");
        assertThat(ownership.formerOwners()).containsEntry(table, "app_owner");

        assertThat(ownership.restore(table)).contains("app_owner");

        assertThat(owner("restored")).isEqualTo("app_owner");
        assertThat(server.query("orders", "select has_table_privilege('fabric_user', 'restored', 'select')"))
                .isEqualTo("f");
        app("alter table restored add column c int");
        assertThat(ownership.formerOwners()).doesNotContainKey(table);
        assertThat(ownership.restore(table)).isEmpty();
        assertThat(memberships()).isEqualTo("f");
    }

    @Test
    void keepDdl_formerOwner_altersAndIndexesWhatItMadeBefore() throws SQLException {
        take("altered");
        assertThatThrownBy(() -> app("alter table altered add column c int")).hasMessageContaining("must be owner");
        assertThat(ownership.withoutDdl(Set.of())).contains("app_owner");

        ownership.keepDdl("app_owner");

        assertThatCode(() -> app("alter table altered add column c int", "create index on altered (c)"))
                .doesNotThrowAnyException();
        assertThat(ownership.withoutDdl(Set.of())).isEmpty();
        Sql.execute(admin, "revoke fabric_user from app_owner");
    }

    @Test
    void outOfReach_ownRolesAndThoseOfOthers_namesTheOthers() {
        server.sql("orders", "reset role; create role alien superuser");

        assertThat(AdminReach.outOfReach(admin, List.of("alien", "app_owner"))).containsExactly("alien");
    }

    @Test
    @Tag("G55")
    void during_tableIsLocked_givesUpSoonAndLeavesNothing() throws SQLException {
        try (Connection other = server.connect("orders")) {
            other.setAutoCommit(false);
            Sql.execute(other, "lock table children in access share mode");

            assertThatThrownBy(() -> ownership.take(new TableName("public", "children"), "app_owner"))
                    .isInstanceOf(SQLException.class)
                    .satisfies(e -> assertThat(((SQLException) e).getSQLState()).isEqualTo(Sql.LOCK_NOT_AVAILABLE));
            other.rollback();
        }
        assertThat(owner("children")).isEqualTo("app_owner");
        assertThat(memberships()).isEqualTo("f");
    }

    @Test
    @Tag("G55")
    void read_tableIsLockedByAMigration_lookingAtRowsGivesUp() throws SQLException {
        try (Connection other = server.connect("orders")) {
            other.setAutoCommit(false);
            Sql.execute(other, "create table locked (id int); lock table locked");
            other.commit();
            Sql.execute(other, "lock table locked");

            assertThatThrownBy(() -> RowEstimates.read(admin, List.of(new TableName("public", "locked"))))
                    .hasMessageContaining("TABLE_LOCKED");
            other.rollback();
        }
    }

    private void take(String... tables) throws SQLException {
        for (String table : tables) {
            if (!owner(table).equals(ROLE)) {
                ownership.take(new TableName("public", table), "app_owner");
            }
        }
    }

    private String owner(String relation) {
        return server.query(
                "orders", "select relowner::regrole from pg_class where oid = '" + relation + "'::regclass");
    }

    private String memberships() {
        return server.query(
                "orders",
                "select pg_has_role('pgadmin', 'fabric_user', 'usage')"
                        + " or pg_has_role('pgadmin', 'app_owner', 'usage')");
    }

    /** Does something as the application. */
    private void app(String... statements) throws SQLException {
        try (Connection app = server.connect("orders", "app_owner", PASSWORD)) {
            for (String statement : statements) {
                Sql.execute(app, statement);
            }
        }
    }
}
