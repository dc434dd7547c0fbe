package io.fabricmirror.core;

import static io.fabricmirror.Consent.CHANGE_TABLE_OWNERS;
import static io.fabricmirror.Consent.REPLACE_ROLE_PASSWORD;
import static io.fabricmirror.Consent.RESTART_SERVER;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.core.OutputStreamAppender;
import io.fabricmirror.AdminAccess;
import io.fabricmirror.ConnectionSpec;
import io.fabricmirror.MirrorException;
import io.fabricmirror.MirrorExecutor;
import io.fabricmirror.MirrorPlan;
import io.fabricmirror.Preview;
import io.fabricmirror.Report;
import io.fabricmirror.Verdict;
import io.fabricmirror.core.internal.azure.DatabaseTokens;
import io.fabricmirror.fabric.Cloud;
import io.fabricmirror.testkit.Call;
import io.fabricmirror.testkit.LocalServer;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.slf4j.LoggerFactory;

/** Secrets go through whole runs, good and bad, with everything logged that can be; afterwards they are found nowhere. */
@Tag("G26")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecrecyIT {
    private static final String CANARY = "Canary'7\"\\of the role-%41";

    private final World world = new World();
    private final ByteArrayOutputStream logged = new ByteArrayOutputStream();
    private final StringBuilder javaLogged = new StringBuilder();
    private final StringBuilder processes = new StringBuilder();
    private final StringBuilder said = new StringBuilder();
    private final Map<String, String> secrets = new LinkedHashMap<>();
    private ServerLog serverLog;
    private boolean createdRoleLogged;

    @BeforeAll
    void runEverything() {
        listenToAllLogs();
        LoggerFactory.getLogger(SecrecyIT.class).trace("even this is heard");
        serverLog = new ServerLog(world.server);
        world.azure.vault("kv-main").put("canary", CANARY);
        secrets.put("role", CANARY);
        secrets.put("administrator", world.server.adminPassword());
        MirrorPlan plan = world.plan()
                .connection(ConnectionSpec.fabricUser(secret("canary")))
                .build();
        try (MirrorExecutor mirror = world.executor(event -> {
            say(event);
            ProcessHandle.allProcesses()
                    .forEach(p -> p.info()
                            .commandLine()
                            .ifPresent(line -> processes.append(line).append('\n')));
        })) {
            say(mirror.preview(plan));
            world.azure.faults().on(Call.CREATE_CONNECTION).first().doneButAnswerLost();
            Report first = mirror.apply(plan, RESTART_SERVER, CHANGE_TABLE_OWNERS);
            say(first);
            Report done = mirror.apply(plan, RESTART_SERVER, CHANGE_TABLE_OWNERS);
            say(done);
            assertThat(done.verdict()).as(done.text()).isIn(Verdict.DONE, Verdict.NOTHING_TO_CHANGE);

            replacedPassword(mirror);
            generatedPassword(mirror);
            failures(mirror, plan);
        }
        createdRoleLogged = serverLog.text().contains("create role \"fabric_user\"");
    }

    @AfterAll
    void close() {
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.INFO);
        LogManager.getLogManager().reset();
        world.close();
    }

    @Test
    void search_whatWasCaptured_isThere() {
        assertThat(logged.toString(StandardCharsets.UTF_8))
                .contains("TRACE " + SecrecyIT.class.getName())
                .contains("DEBUG io.fabricmirror.fabric", "role fabric_user");
        assertThat(javaLogged.toString()).contains("org.postgresql");
        assertThat(processes.toString()).contains("postgres");
        assertThat(createdRoleLogged).isTrue();
        assertThat(serverLog.text()).contains("SCRAM-SHA-256$");
        assertThat(said.toString()).contains("LOGIN_REFUSED", "SECRET", "canary");
        assertThat(secrets)
                .hasSizeGreaterThanOrEqualTo(5)
                .allSatisfy((name, secret) -> assertThat(secret).hasSizeGreaterThan(8));
    }

    @Test
    void search_logsOfAllLevels_noSecret() {
        nowhere(logged.toString(StandardCharsets.UTF_8));
        nowhere(javaLogged.toString());
    }

    @Test
    void search_eventsReportsPreviewsAndExceptions_noSecret() {
        nowhere(said.toString());
    }

    @Test
    void search_commandLinesOfAllProcesses_noSecret() {
        nowhere(processes.toString());
    }

    @Test
    void search_logOfPostgresWithEveryStatement_noSecret() {
        nowhere(serverLog.text());
    }

    /** The role gets another password while it has one. */
    private void replacedPassword(MirrorExecutor mirror) {
        world.azure.vault("kv-main").put("canary", CANARY + "-2");
        secrets.put("role, replaced", CANARY + "-2");
        say(mirror.apply(
                world.plan()
                        .connection(ConnectionSpec.fabricUser(secret("canary")))
                        .build(),
                REPLACE_ROLE_PASSWORD));
    }

    /** The library makes up a password itself, and the administrator logs in with a token. */
    private void generatedPassword(MirrorExecutor mirror) {
        String me = world.azure.caller().displayName();
        world.server
                .passwordAndEntra()
                .entraAdmin(world.azure.caller())
                .sql("inventory", "create table i (id int primary key)")
                .sql("inventory", "reset role; grant pgadmin to \"" + me + "\" with admin option");
        MirrorPlan orders = world.plan().build();
        MirrorPlan plan = MirrorPlan.named("inventory")
                .server(orders.server())
                .database("inventory")
                .workspace(orders.workspace())
                .gateway(orders.gateway())
                .admin(AdminAccess.entra(me))
                .connection(ConnectionSpec.fabricUser(secret("generated")).user("second_user"))
                .build();
        say(mirror.apply(plan, RESTART_SERVER, CHANGE_TABLE_OWNERS));
        secrets.put("generated", world.azure.vault("kv-main").value("generated").orElseThrow());
        secrets.put(
                "token",
                new DatabaseTokens(world.azure.credential(), Cloud.PUBLIC.databaseScope())
                        .get()
                        .reveal());
    }

    private void failures(MirrorExecutor mirror, MirrorPlan plan) {
        world.azure.vault("kv-main").put(World.ADMIN_SECRET.name(), "Wr0ng-canary-of-admin");
        secrets.put("administrator, wrong", "Wr0ng-canary-of-admin");
        say(mirror.apply(plan, RESTART_SERVER));
        world.azure.vault("kv-main").put(World.ADMIN_SECRET.name(), world.server.adminPassword());
        world.azure.vault("kv-main").permissions("list");
        say(mirror.apply(plan, RESTART_SERVER));
        world.azure.vault("kv-main").permissions("get", "set", "list");
        LocalServer other = world.azure.server("pg-unknown");
        say(mirror.preview(world.plan().server(other.id()).database("none").build()));
        world.server.sql("orders", "reset role; alter role fabric_user nologin");
        say(mirror.apply(plan));
    }

    private io.fabricmirror.SecretRef secret(String name) {
        return io.fabricmirror.SecretRef.keyVault(World.VAULT, name);
    }

    private void say(Preview preview) {
        say((Object) preview);
        say(preview.text());
        preview.steps().forEach(this::say);
    }

    private void say(Report report) {
        say((Object) report);
        say(report.text());
        report.steps().forEach(this::say);
        report.actions().forEach(action -> say(action.text()));
        try {
            report.orThrow();
        } catch (MirrorException e) {
            StringWriter trace = new StringWriter();
            e.printStackTrace(new PrintWriter(trace));
            say(trace);
        }
    }

    private void say(Object anything) {
        said.append(anything).append('\n');
    }

    private void nowhere(String text) {
        secrets.forEach((name, secret) -> {
            List<String> forms = new ArrayList<>(List.of(
                    secret,
                    secret.replace("'", "''"),
                    secret.replace("\\", "\\\\").replace("\"", "\\\""),
                    URLEncoder.encode(secret, StandardCharsets.UTF_8),
                    Base64.getEncoder().withoutPadding().encodeToString(secret.getBytes(StandardCharsets.UTF_8))));
            for (String form : forms) {
                int at = text.indexOf(form);
                // The text around it says where; the secret itself is not shown even here.
                assertThat(at)
                        .as(() -> "the secret of the " + name + " after: "
                                + text.substring(Math.max(0, at - 200), Math.max(0, at)))
                        .isNegative();
            }
        });
    }

    private void listenToAllLogs() {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        PatternLayoutEncoder layout = new PatternLayoutEncoder();
        layout.setContext(root.getLoggerContext());
        layout.setPattern("%level %logger %msg %mdc%n%ex{full}");
        layout.start();
        OutputStreamAppender<ch.qos.logback.classic.spi.ILoggingEvent> appender = new OutputStreamAppender<>();
        appender.setContext(root.getLoggerContext());
        appender.setEncoder(layout);
        appender.setOutputStream(logged);
        appender.start();
        root.detachAndStopAllAppenders();
        root.addAppender(appender);
        root.setLevel(Level.TRACE);

        java.util.logging.Logger javaRoot = java.util.logging.Logger.getLogger("");
        for (Handler handler : javaRoot.getHandlers()) {
            javaRoot.removeHandler(handler);
        }
        javaRoot.setLevel(java.util.logging.Level.ALL);
        java.util.logging.Logger.getLogger("org.postgresql").setLevel(java.util.logging.Level.ALL);
        javaRoot.addHandler(new Handler() {
            @Override
            public void publish(LogRecord line) {
                synchronized (javaLogged) {
                    javaLogged
                            .append(line.getLoggerName())
                            .append(' ')
                            .append(new java.util.logging.SimpleFormatter().format(line))
                            .append('\n');
                }
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        });
    }
}
