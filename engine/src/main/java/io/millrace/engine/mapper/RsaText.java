package io.millrace.engine.mapper;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import javax.crypto.Cipher;

/** Encrypts with a public RSA key. */
final class RsaText implements TextOfText {
  private static final String CIPHER = "RSA/ECB/PKCS1Padding";

  private final PublicKey key;
  private final Cipher cipher;

  RsaText(Mapper.RsaEncryption mapper) {
    this.key = RsaKeys.read(mapper.publicKey());
    try {
      this.cipher = Cipher.getInstance(CIPHER);
      cipher.init(Cipher.ENCRYPT_MODE, key);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Java has no " + CIPHER, e);
    }
  }

  @Override
  public int make(byte[] text, int length, Output out) throws GeneralSecurityException {
    try {
      byte[] room = out.room(cipher.getOutputSize(length));
      return cipher.doFinal(text, 0, length, room, 0);
    } catch (GeneralSecurityException e) {
      cipher.init(Cipher.ENCRYPT_MODE, key);
      throw e;
    }
  }
}
