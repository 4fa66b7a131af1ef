package io.millrace.engine.mapper;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Hashes. */
final class HashText implements TextOfText {
  private final MessageDigest digest;
  private final int length;

  HashText(Mapper.Method method) {
    try {
      this.digest = MessageDigest.getInstance(method.algorithm());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Java has no " + method.algorithm(), e);
    }
    this.length = digest.getDigestLength();
  }

  @Override
  public int make(byte[] text, int textLength, Output out) throws DigestException {
    digest.update(text, 0, textLength);
    return digest.digest(out.room(length), 0, length);
  }
}
