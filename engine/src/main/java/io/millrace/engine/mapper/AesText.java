package io.millrace.engine.mapper;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Encrypts with a secret AES key. */
final class AesText implements TextOfText {
  private static final int BLOCK_BYTES = 16;
  private static final int GCM_NONCE_BYTES = 12;
  private static final int GCM_TAG_BITS = 128;

  /** The source of randomness is asked for many vectors at a time. */
  private static final int RANDOM_BYTES = 1 << 12;

  private static final SecureRandom RANDOM = new SecureRandom();

  private final Mapper.AesMode mode;
  private final SecretKeySpec key;
  private final Cipher cipher;
  private final int vectorBytes;
  private final SecureRandom source;
  private final byte[] random = new byte[RANDOM_BYTES];
  private int randomUsed = RANDOM_BYTES;

  AesText(Mapper.AesEncryption mapper) {
    this(mapper, RANDOM);
  }

  /** Takes initialization vectors from this source. */
  AesText(Mapper.AesEncryption mapper, SecureRandom source) {
    this.source = source;
    this.mode = mapper.mode();
    this.key = new SecretKeySpec(HexFormat.of().parseHex(mapper.key().value()), "AES");
    this.vectorBytes =
        switch (mode) {
          case CBC, CFB, OFB, CTR -> BLOCK_BYTES;
          case GCM -> GCM_NONCE_BYTES;
          case ECB -> 0;
        };
    String padding = mapper.padding() == Mapper.AesPadding.PKCS5 ? "PKCS5Padding" : "NoPadding";
    try {
      this.cipher = Cipher.getInstance("AES/" + mode + "/" + padding);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Java has no AES in this mode", e);
    }
  }

  @Override
  public int make(byte[] text, int length, Output out) throws GeneralSecurityException {
    if (vectorBytes == 0) {
      cipher.init(Cipher.ENCRYPT_MODE, key);
    } else {
      refill();
      cipher.init(Cipher.ENCRYPT_MODE, key, vector());
    }
    byte[] room = out.room(vectorBytes + cipher.getOutputSize(length));
    System.arraycopy(random, randomUsed, room, 0, vectorBytes);
    randomUsed += vectorBytes;
    return vectorBytes + cipher.doFinal(text, 0, length, room, vectorBytes);
  }

  private void refill() {
    if (randomUsed + vectorBytes > RANDOM_BYTES) {
      source.nextBytes(random);
      randomUsed = 0;
    }
  }

  private AlgorithmParameterSpec vector() {
    return mode == Mapper.AesMode.GCM
        ? new GCMParameterSpec(GCM_TAG_BITS, random, randomUsed, vectorBytes)
        : new IvParameterSpec(random, randomUsed, vectorBytes);
  }
}
