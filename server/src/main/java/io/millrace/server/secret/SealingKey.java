package io.millrace.server.secret;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/** One AES-256 key, with an id that says nothing of it. Immutable. */
final class SealingKey {
  static final int PASSPHRASE_CHARS_MIN = 16;

  private static final int KEY_BYTES = 32;
  private static final int ID_BYTES = 4;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final int PASSPHRASE_ROUNDS = 600_000;
  private static final String CIPHER = "AES/GCM/NoPadding";
  private static final SecureRandom RANDOM = new SecureRandom();

  /** Fixed, so that a passphrase alone brings the key back when the data directory is lost. */
  private static final byte[] PASSPHRASE_SALT = utf8("millrace secrets at rest, v1");

  private final byte[] key;
  private final String id;

  private SealingKey(byte[] key) {
    this.key = key;
    this.id = idOf(key);
  }

  static SealingKey random() {
    return new SealingKey(randomBytes(KEY_BYTES));
  }

  /** Reads a key as {@link #text} writes it; empty when the text is none. */
  static Optional<SealingKey> read(String text) {
    try {
      byte[] bytes = Base64.getDecoder().decode(text.strip());
      return bytes.length == KEY_BYTES ? Optional.of(new SealingKey(bytes)) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Makes the key of a passphrase. Takes a good part of a second. */
  static SealingKey ofPassphrase(String passphrase) {
    PBEKeySpec spec =
        new PBEKeySpec(
            passphrase.toCharArray(), PASSPHRASE_SALT, PASSPHRASE_ROUNDS, KEY_BYTES * Byte.SIZE);
    try {
      return new SealingKey(
          SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  String id() {
    return id;
  }

  /** Returns the key itself, for its file alone. */
  String text() {
    return Base64.getEncoder().encodeToString(key);
  }

  byte[] encrypt(byte[] plain) {
    byte[] nonce = randomBytes(NONCE_BYTES);
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce).doFinal(plain);
      byte[] whole = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
      System.arraycopy(sealed, 0, whole, NONCE_BYTES, sealed.length);
      return whole;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns what {@link #encrypt} was given; empty when the bytes were changed since. */
  Optional<byte[]> decrypt(byte[] whole) {
    if (whole.length < NONCE_BYTES + TAG_BITS / Byte.SIZE) {
      return Optional.empty();
    }
    try {
      Cipher cipher = cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(whole, NONCE_BYTES));
      return Optional.of(cipher.doFinal(whole, NONCE_BYTES, whole.length - NONCE_BYTES));
    } catch (GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SealingKey that && MessageDigest.isEqual(key, that.key);
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }

  @Override
  public String toString() {
    return "key " + id;
  }

  private Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(CIPHER);
    cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(utf8(id));
    return cipher;
  }

  private static byte[] randomBytes(int count) {
    byte[] bytes = new byte[count];
    RANDOM.nextBytes(bytes);
    return bytes;
  }

  private static String idOf(byte[] key) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(utf8("millrace key id"));
      return HexFormat.of().formatHex(digest.digest(key), 0, ID_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
