package io.fabricmirror.testkit.internal.token;

import io.fabricmirror.testkit.LocalIdentity;
import io.fabricmirror.testkit.internal.http.Request;
import io.fabricmirror.testkit.internal.json.Json;
import io.fabricmirror.testkit.internal.time.RealTime;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** Issues tokens as signed web tokens, and knows the ones it issued: a token from elsewhere is worth nothing here. */
public final class Tokens {
    /** How long a token is good, in real time: clients cache tokens by the real clock. */
    public static final Duration LIFETIME = Duration.ofMinutes(60);

    private static final String KEY_ID = "local-azure";

    private final String tenantId;
    private final CompletableFuture<KeyPair> keys = CompletableFuture.supplyAsync(Tokens::newKeys);
    private final Map<String, Issued> issued = new ConcurrentHashMap<>();

    /**
     * A token that was issued.
     *
     * @param audience whom it is for
     * @param identity whose it is
     * @param expires when it ends, by the real clock
     */
    public record Issued(String audience, LocalIdentity identity, Instant expires) {}

    /** Issues for a tenant. */
    public Tokens(String tenantId) {
        this.tenantId = tenantId;
    }

    /** Issues a token. */
    public String issue(LocalIdentity identity, String audience) {
        Instant now = RealTime.now();
        Instant expires = now.plus(LIFETIME);
        String header =
                part(Json.object("typ", "JWT", "alg", "RS256", "kid", KEY_ID).toString());
        String claims = part(Json.object(
                        "aud", audience,
                        "iss", "https://sts.windows.net/" + tenantId + "/",
                        "iat", now.getEpochSecond(),
                        "nbf", now.getEpochSecond(),
                        "exp", expires.getEpochSecond(),
                        "appid", identity.id(),
                        "idtyp", "app",
                        "oid", identity.id(),
                        "sub", identity.id(),
                        "tid", tenantId,
                        "uti", java.util.UUID.randomUUID().toString(),
                        "ver", "1.0")
                .toString());
        String token = header + "." + claims + "." + sign(header + "." + claims);
        issued.put(token, new Issued(audience, identity, expires));
        return token;
    }

    /** Returns the token in a request's Authorization header, if it is one of ours; it may have expired. */
    public Optional<Issued> bearer(Request request) {
        return request.header("authorization")
                .filter(value -> value.regionMatches(true, 0, "Bearer ", 0, 7))
                .flatMap(value -> find(value.substring(7).strip()));
    }

    /** Returns a token, if it is one of ours; it may have expired. */
    public Optional<Issued> find(String token) {
        return Optional.ofNullable(issued.get(token));
    }

    /** Ends every token issued so far. */
    public void expireAll() {
        issued.replaceAll((token, was) -> new Issued(was.audience(), was.identity(), Instant.EPOCH));
    }

    /** Returns the key set that verifies the tokens. */
    public String keySet() {
        RSAPublicKey key = (RSAPublicKey) keys.join().getPublic();
        return Json.object(
                        "keys",
                        Json.array(java.util.List.of(Json.object(
                                "kty",
                                "RSA",
                                "use",
                                "sig",
                                "alg",
                                "RS256",
                                "kid",
                                KEY_ID,
                                "n",
                                unsigned(key.getModulus()),
                                "e",
                                unsigned(key.getPublicExponent())))))
                .toString();
    }

    private static String unsigned(java.math.BigInteger number) {
        byte[] bytes = number.toByteArray();
        int start = bytes.length > 1 && bytes[0] == 0 ? 1 : 0;
        return base64(java.util.Arrays.copyOfRange(bytes, start, bytes.length));
    }

    private String sign(String text) {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(keys.join().getPrivate());
            signature.update(text.getBytes(StandardCharsets.US_ASCII));
            return base64(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Cannot sign a token", e);
        }
    }

    private static KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Cannot make the key that signs tokens", e);
        }
    }

    private static String part(String json) {
        return base64(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
