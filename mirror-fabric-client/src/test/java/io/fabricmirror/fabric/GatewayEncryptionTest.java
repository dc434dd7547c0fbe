package io.fabricmirror.fabric;

import static io.fabricmirror.fabric.Samples.CONNECTION;
import static io.fabricmirror.fabric.Samples.GATEWAY;
import static io.fabricmirror.fabric.Samples.PASSWORD;
import static io.fabricmirror.fabric.Samples.PRINCIPAL;
import static io.fabricmirror.fabric.Samples.connectionAnswer;
import static io.fabricmirror.fabric.Samples.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The other end of the way: what a gateway does with its private key. */
class GatewayEncryptionTest {
    private static final JsonMapper JSON = new JsonMapper();

    private final Wire wire = new Wire();
    private final FabricClient fabric = wire.client();

    @ParameterizedTest
    @ValueSource(ints = {1024, 2048, 3072})
    @Tag("G13")
    void create_onPremises_onlyTheGatewayCanReadTheCredentials(int bits) throws Exception {
        KeyPair first = keys(bits);
        KeyPair second = keys(bits);
        wire.answer(200, members(first, second)).answer(201, connectionAnswer());

        fabric.connections()
                .create(NewConnection.onPremisesGateway("orders-pg", GATEWAY)
                        .type("PostgreSQL", "PostgreSql")
                        .parameter("server", "db01")
                        .credentials(Credentials.basic("fabric_user", PASSWORD))
                        .build());

        assertThat(wire.lines()).containsExactly("GET /v1/gateways/" + GATEWAY + "/members", "POST /v1/connections");
        JsonNode body = JSON.readTree(wire.sent.get(1).body());
        assertThat(body.path("connectivityType").textValue()).isEqualTo("OnPremisesGateway");
        assertThat(body.path("gatewayId").textValue()).isEqualTo(GATEWAY.toString());
        assertThat(body.toString()).doesNotContain("s3cr", "fabric_user");
        JsonNode values = body.at("/credentialDetails/credentials/values");
        assertThat(values.findValuesAsText("gatewayId")).containsExactly(CONNECTION.toString(), PRINCIPAL.toString());
        ObjectNode wanted = JSON.createObjectNode();
        ArrayNode data = wanted.putArray("credentialData");
        data.addObject().put("name", "username").put("value", "fabric_user");
        data.addObject().put("name", "password").put("value", PASSWORD);
        assertThat(decrypted(values.get(0), first, bits)).isEqualTo(wanted);
        assertThat(decrypted(values.get(1), second, bits)).isEqualTo(wanted);
        assertThat(values.get(0)).isNotEqualTo(values.get(1));
    }

    @Test
    @Tag("G13")
    void update_personalGateway_isEncryptedWithItsOwnKey() throws Exception {
        KeyPair keys = keys(2048);
        wire.answer(
                        200,
                        json("{'type':'OnPremisesPersonal','id':'" + GATEWAY + "','publicKey':" + publicKey(keys)
                                + "}"))
                .answer(200, connectionAnswer());
        Connection there = new Connection(
                CONNECTION,
                "c",
                Connectivity.ON_PREMISES_GATEWAY_PERSONAL,
                GATEWAY,
                "SQL",
                "s",
                null,
                null,
                null,
                null);

        fabric.connections().updateCredentials(there, Credentials.windows("dom\\user", PASSWORD));

        JsonNode sent = JSON.readTree(wire.sent.get(1).body()).at("/credentialDetails/credentials");
        assertThat(sent.path("credentialType").textValue()).isEqualTo("Windows");
        assertThat(decrypted(sent, keys, 2048).at("/credentialData/1/value").textValue())
                .isEqualTo(PASSWORD);
    }

    @Test
    void create_noMembers_sendsNothing() {
        wire.answer(200, "{\"value\":[]}");

        assertThatThrownBy(() -> fabric.connections()
                        .create(NewConnection.onPremisesGateway("c", GATEWAY)
                                .type("SQL", "Sql")
                                .credentials(Credentials.basic("u", PASSWORD))
                                .build()))
                .isInstanceOf(FabricException.class)
                .hasMessageStartingWith("Cannot encrypt credentials: the service shows no public key of gateway");
        assertThat(wire.sent).hasSize(1);
    }

    @Test
    void create_brokenKey_saysSoWithoutTheSecret() {
        wire.answer(
                200, json("{'value':[{'id':'" + CONNECTION + "','publicKey':{'exponent':'AQAB','modulus':'!!'}}]}"));

        assertThatThrownBy(() -> fabric.connections()
                        .create(NewConnection.onPremisesGateway("c", GATEWAY)
                                .type("SQL", "Sql")
                                .credentials(Credentials.basic("u", PASSWORD))
                                .build()))
                .isInstanceOf(FabricException.class)
                .hasMessageContaining("public key of gateway " + CONNECTION + " cannot be used")
                .hasMessageNotContaining("s3cr");
    }

    private static KeyPair keys(int bits) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(bits);
        return generator.generateKeyPair();
    }

    private static String members(KeyPair first, KeyPair second) {
        return json("{'value':[{'id':'" + CONNECTION
                + "','displayName':'m1','version':'3000','enabled':true,'publicKey':"
                + publicKey(first) + "},{'id':'" + PRINCIPAL + "','displayName':'m2','version':'3000','enabled':true,"
                + "'publicKey':" + publicKey(second) + "}]}");
    }

    private static String publicKey(KeyPair keys) {
        RSAPublicKey key = (RSAPublicKey) keys.getPublic();
        Base64.Encoder base64 = Base64.getEncoder();
        byte[] modulus = key.getModulus().toByteArray();
        byte[] magnitude = modulus[0] == 0 ? Arrays.copyOfRange(modulus, 1, modulus.length) : modulus;
        return json(
                "{'exponent':'" + base64.encodeToString(key.getPublicExponent().toByteArray()) + "','modulus':'"
                        + base64.encodeToString(magnitude) + "'}");
    }

    private static JsonNode decrypted(JsonNode entry, KeyPair keys, int bits) throws Exception {
        String text = entry.path("encryptedCredentials").textValue();
        return JSON.readTree(bits == 1024 ? pieces(text, keys) : hybrid(text, keys, bits / 8));
    }

    private static byte[] pieces(String text, KeyPair keys) throws GeneralSecurityException {
        byte[] all = Base64.getDecoder().decode(text);
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        for (int from = 0; from < all.length; from += 128) {
            Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPWithSHA-1AndMGF1Padding");
            cipher.init(Cipher.DECRYPT_MODE, keys.getPrivate());
            byte[] piece = cipher.doFinal(all, from, 128);
            assertThat(piece.length).isLessThanOrEqualTo(85);
            plain.writeBytes(piece);
        }
        return plain.toByteArray();
    }

    private static byte[] hybrid(String text, KeyPair keys, int modulusBytes) throws GeneralSecurityException {
        int first = 4 * ((modulusBytes + 2) / 3);
        Cipher unwrap = Cipher.getInstance("RSA/ECB/OAEPPadding");
        unwrap.init(
                Cipher.DECRYPT_MODE,
                keys.getPrivate(),
                new OAEPParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT));
        byte[] pair = unwrap.doFinal(Base64.getDecoder().decode(text.substring(0, first)));
        assertThat(pair).hasSize(2 + 32 + 64).startsWith(0, 1);

        byte[] rest = Base64.getDecoder().decode(text.substring(first));
        assertThat(rest).startsWith(0, 0);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(pair, 34, 64, "HmacSHA256"));
        mac.update(rest, 0, 2);
        mac.update(rest, 34, rest.length - 34);
        assertThat(mac.doFinal()).isEqualTo(Arrays.copyOfRange(rest, 2, 34));

        Cipher aes = Cipher.getInstance("AES/CBC/PKCS5Padding");
        aes.init(Cipher.DECRYPT_MODE, new SecretKeySpec(pair, 2, 32, "AES"), new IvParameterSpec(rest, 34, 16));
        byte[] plain = aes.doFinal(rest, 50, rest.length - 50);
        assertThat(new String(plain, StandardCharsets.UTF_8)).startsWith("{\"credentialData\":[");
        return plain;
    }
}
