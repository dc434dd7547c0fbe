package io.fabricmirror.core;

import static io.fabricmirror.Consent.CHANGE_TABLE_OWNERS;
import static io.fabricmirror.Consent.RESTART_SERVER;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabricmirror.MirrorExecutor;
import io.fabricmirror.Report;
import io.fabricmirror.Verdict;
import io.fabricmirror.core.Breaker.Way;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Breaks every external call of a run, one at a time and in every way, and runs again as somebody would: what is there in the end is
 * what an unbroken run leaves.
 */
@Tag("survival")
@Execution(ExecutionMode.CONCURRENT)
class SurvivalIT {
    private static final int RUNS_TO_FINISH = 3;
    private static final Pattern READS =
            Pattern.compile("^(GET|log in|executeQuery)|Status$|getDefinition$|testConnection$|set local lock_timeout");

    @TestFactory
    @Tag("G43")
    Stream<DynamicTest> apply_anyCallBroken_nextRunsEndAsIfNothingHadHappened(TestReporter reporter) {
        List<String> calls;
        String unbroken;
        try (World world = new World()) {
            calls = breakAt(world, Integer.MAX_VALUE, Way.FAILS_BEFORE).calls();
            unbroken = state(world);
        }
        List<DynamicTest> points = new ArrayList<>();
        for (int point = 0; point < calls.size(); point++) {
            for (Way way : ways(calls.get(point))) {
                points.add(point(point, way, calls.get(point), unbroken));
            }
        }
        reporter.publishEntry("points of an apply", String.valueOf(points.size()));
        return points.stream();
    }

    /** A read that fails and one whose answer is lost are the same to both sides. */
    private static List<Way> ways(String call) {
        return READS.matcher(call).find()
                ? List.of(Way.FAILS_BEFORE, Way.KILLED)
                : List.of(Way.FAILS_BEFORE, Way.ANSWER_LOST, Way.KILLED);
    }

    private static DynamicTest point(int point, Way way, String call, String unbroken) {
        return DynamicTest.dynamicTest(point + " " + way + " " + call, () -> survives(point, way, unbroken));
    }

    private static void survives(int point, Way way, String unbroken) {
        try (World world = new World()) {
            Breaker breaker = breakAt(world, point, way);
            assertThat(breaker.fired()).as("the point was reached").isTrue();

            Report last = world.apply(world.plan().build());
            for (int run = 1; run < RUNS_TO_FINISH && !isGood(last); run++) {
                last = world.apply(world.plan().build());
            }

            assertThat(isGood(last)).as(last.text()).isTrue();
            assertThat(state(world)).isEqualTo(unbroken);
        }
    }

    private static Breaker breakAt(World world, int point, Way way) {
        Breaker breaker = new Breaker(world.azure.httpClient(), world.azure.jdbcProperties(), point, way);
        try (MirrorExecutor mirror =
                world.builder().httpClient(breaker).source(breaker).build()) {
            mirror.apply(world.plan().build(), RESTART_SERVER, CHANGE_TABLE_OWNERS);
        }
        return breaker;
    }

    private static boolean isGood(Report report) {
        return report.verdict() == Verdict.DONE || report.verdict() == Verdict.NOTHING_TO_CHANGE;
    }

    /** Everything a run leaves behind, without ids and passwords. */
    private static String state(World world) {
        return String.join(
                "\n",
                world.ask("""
                        select concat_ws(e'\\n',
                          (select string_agg(concat_ws(' ', 'role', rolname, rolsuper, rolcreaterole, rolcreatedb, rolcanlogin,
                                  rolreplication, rolbypassrls), e'\\n' order by rolname) from pg_roles),
                          (select string_agg(concat_ws(' ', 'member', roleid::regrole, member::regrole, to_jsonb(m) -> 'inherit_option'),
                                  e'\\n' order by roleid::regrole::text, member::regrole::text) from pg_auth_members m),
                          (select string_agg(concat_ws(' ', 'defaults', defaclrole::regrole, defaclnamespace::regnamespace, defaclacl),
                                  e'\\n' order by defaclrole::regrole::text, defaclnamespace::regnamespace::text) from pg_default_acl),
                          (select string_agg(concat_ws(' ', 'database', datname, datdba::regrole, datacl), e'\\n' order by datname)
                             from pg_database),
                          (select string_agg(concat_ws(' ', 'schema', nspname, nspowner::regrole, nspacl), e'\\n' order by nspname)
                             from pg_namespace where nspname !~ '^pg_(toast_)?temp'),
                          (select string_agg(concat_ws(' ', 'relation', c.oid::regclass, relowner::regrole, relacl, relreplident),
                                  e'\\n' order by c.oid::regclass::text) from pg_class c
                            where relnamespace not in ('pg_catalog'::regnamespace, 'information_schema'::regnamespace,
                                                       'pg_toast'::regnamespace)),
                          (select string_agg(concat_ws(' ', name, setting), e'\\n' order by name) from pg_settings
                            where name in ('wal_level', 'max_worker_processes', 'max_replication_slots', 'max_wal_senders',
                                           'azure.fabric_mirror_enabled', 'azure.mirror_databases')),
                          'slots ' || (select count(*) from pg_replication_slots),
                          'publications ' || (select count(*) from pg_publication),
                          'seed rows ' || (select count(*) from public.fabric_mirror_seed))
                        """),
                "firewall " + world.server.firewallRules(),
                "secret versions "
                        + world.azure
                                .vault("kv-main")
                                .versions(World.ROLE_SECRET.name())
                                .size(),
                "connections " + world.connections(),
                "mirrors " + world.azure.workspace("Sales").mirrors(),
                "status " + world.azure.workspace("Sales").mirror("orders").status());
    }
}
