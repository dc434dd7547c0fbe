package io.fabricmirror.core.internal.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabricmirror.MirrorException;
import io.fabricmirror.spi.NetworkClosedException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class KnockProblemsTest {
    private static final String HOST = "pg-orders.postgres.database.azure.com";

    @Test
    @Tag("G15")
    void check_nameUnknown_saysDnsAndToRunInsideTheNetwork() {
        assertThatThrownBy(
                        () -> KnockProblems.check(HOST, new SQLException("x", "08001", new UnknownHostException(HOST))))
                .isInstanceOfSatisfying(MirrorException.class, e -> {
                    assertThat(e.problem().text()).contains("SERVER_NAME_UNKNOWN", "(DNS)", "private DNS zone");
                    assertThat(e.problem().remedy().orElseThrow()).contains("inside the server's network");
                });
    }

    @Test
    @Tag("G15")
    void check_nothingAnswers_saysTcpAndToRunInsideTheNetwork() {
        assertThatThrownBy(() -> KnockProblems.check(
                        HOST, new SQLException("x", "08001", new SocketTimeoutException("Connect timed out"))))
                .isInstanceOfSatisfying(MirrorException.class, e -> {
                    assertThat(e.problem().text()).contains("SERVER_NOT_REACHABLE", ":5432 (TCP)", "private");
                    assertThat(e.problem().remedy().orElseThrow()).contains("inside the server's network");
                });
    }

    @Test
    @Tag("G15")
    void check_firewallRefuses_namesTheAddress() {
        SQLException refused = new SQLException(
                "FATAL: no pg_hba.conf entry for host \"20.61.4.9\", user \"a\", database \"b\", SSL encryption",
                "28000");

        assertThatThrownBy(() -> KnockProblems.check(HOST, refused))
                .isInstanceOfSatisfying(
                        NetworkClosedException.class,
                        e -> assertThat(e.callersAddress()).contains("20.61.4.9"));
    }

    @Test
    void check_serverAsksForAPassword_passes() {
        assertThatCode(() -> KnockProblems.check(HOST, new SQLException("no password was provided", "08004")))
                .doesNotThrowAnyException();
    }

    @Test
    void check_serverIsRestarting_passes() {
        assertThatCode(() -> KnockProblems.check(HOST, new SQLException("x", "08001", new ConnectException("refused"))))
                .doesNotThrowAnyException();
    }

    @Test
    void check_privateAddressRefused_isNoMatterOfTheFirewall() {
        SQLException refused =
                new SQLException("FATAL: no pg_hba.conf entry for host \"10.0.0.4\", user \"a\"", "28000");

        assertThatCode(() -> KnockProblems.check(HOST, refused)).doesNotThrowAnyException();
    }
}
