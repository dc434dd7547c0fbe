package io.fabricmirror.fabric.internal;

import io.fabricmirror.fabric.Gateway;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts credentials so that only a machine of an on-premises gateway can read them, in the form those machines expect: a key of
 * 1024 bits encrypts the text itself, piece by piece; a longer one encrypts a fresh pair of symmetric keys.
 */
public final class GatewayEncryption {
    private static final int SHORT_KEY = 128;
    // What a 1024-bit key can hold beside its padding.
    private static final int PIECE = 85;
    private static final byte AES_KEY_OF_32_BYTES = 0;
    private static final byte MAC_KEY_OF_64_BYTES = 1;
    private static final byte AES_256_CBC_PKCS7 = 0;
    private static final byte HMAC_SHA256 = 0;
    private static final SecureRandom RANDOM = new SecureRandom();

    private GatewayEncryption() {}

    /**
     * Encrypts a text.
     *
     * @throws IllegalArgumentException if the key is none
     */
    public static String encrypt(Gateway.PublicKey key, String text) {
        try {
            byte[] modulus = magnitude(key.modulus());
            PublicKey rsa = KeyFactory.getInstance("RSA")
                    .generatePublic(new RSAPublicKeySpec(
                            new BigInteger(1, modulus), new BigInteger(1, magnitude(key.exponent()))));
            byte[] plain = text.getBytes(StandardCharsets.UTF_8);
            return modulus.length == SHORT_KEY ? inPieces(rsa, plain) : hybrid(rsa, plain);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalArgumentException("The gateway's public key cannot be used", e);
        }
    }

    private static byte[] magnitude(String base64) {
        byte[] bytes = Base64.getDecoder().decode(base64);
        return bytes.length > 1 && bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
    }

    private static String inPieces(PublicKey rsa, byte[] plain) throws GeneralSecurityException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int from = 0; from < plain.length; from += PIECE) {
            Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPWithSHA-1AndMGF1Padding");
            cipher.init(Cipher.ENCRYPT_MODE, rsa);
            all.writeBytes(cipher.doFinal(plain, from, Math.min(PIECE, plain.length - from)));
        }
        return Base64.getEncoder().encodeToString(all.toByteArray());
    }

    private static String hybrid(PublicKey rsa, byte[] plain) throws GeneralSecurityException {
        byte[] aesKey = random(32);
        byte[] macKey = random(64);
        byte[] keys = joined(new byte[] {AES_KEY_OF_32_BYTES, MAC_KEY_OF_64_BYTES}, aesKey, macKey);
        Cipher wrap = Cipher.getInstance("RSA/ECB/OAEPPadding");
        // Java's own OAEPWithSHA-256 uses SHA-1 for the mask; the gateway uses SHA-256 for both.
        wrap.init(
                Cipher.ENCRYPT_MODE,
                rsa,
                new OAEPParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT));
        byte[] wrapped = wrap.doFinal(keys);

        byte[] start = random(16);
        Cipher aes = Cipher.getInstance("AES/CBC/PKCS5Padding");
        aes.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(aesKey, "AES"), new IvParameterSpec(start));
        byte[] encrypted = aes.doFinal(plain);

        byte[] choices = {AES_256_CBC_PKCS7, HMAC_SHA256};
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(macKey, "HmacSHA256"));
        byte[] tag = mac.doFinal(joined(choices, start, encrypted));
        // Two base64 texts, one behind the other: the gateway knows the length of the first.
        Base64.Encoder base64 = Base64.getEncoder();
        return base64.encodeToString(wrapped) + base64.encodeToString(joined(choices, tag, start, encrypted));
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
