package io.fabricmirror.fabric.internal;

import io.fabricmirror.fabric.Caller;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/** Reads whom a token speaks for. Tokens are the issuer's business, so one that cannot be read is no error. */
final class TokenReader {
    private TokenReader() {}

    static Optional<Caller> caller(String token) {
        int first = token.indexOf('.');
        int second = token.indexOf('.', first + 1);
        if (first < 0 || second < 0) {
            return Optional.empty();
        }

        try {
            byte[] claims = Base64.getUrlDecoder().decode(token.substring(first + 1, second));
            Fields fields = new Fields(Json.read(claims, "token"), "token");
            UUID tenant = fields.idOrNull("tid");
            UUID object = fields.idOrNull("oid");
            UUID application = fields.idOrNull("appid");
            return tenant == null || object == null
                    ? Optional.empty()
                    : Optional.of(
                            new Caller(tenant, object, application == null ? fields.idOrNull("azp") : application));
        } catch (IllegalArgumentException | Unreadable noToken) {
            return Optional.empty();
        }
    }
}
