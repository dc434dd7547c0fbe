package io.fabricmirror.core.internal.sql;

import java.io.Serial;
import java.sql.SQLException;

/** A server that was reached, and whose certificate this Java does not trust for that name. Its message says what it shows. */
final class CertificateRefused extends SQLException {
    @Serial
    private static final long serialVersionUID = 1L;

    CertificateRefused(String message, SQLException cause) {
        super(message, cause.getSQLState(), cause);
    }
}
