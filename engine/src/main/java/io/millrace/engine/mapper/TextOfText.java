package io.millrace.engine.mapper;

import java.security.GeneralSecurityException;

/** Makes one text of another's bytes. Used by one thread. */
@FunctionalInterface
interface TextOfText {
  /**
   * Returns the bytes of which the new text is the hexadecimal form, from index 0 of {@code out}.
   *
   * @param out receives them; it is grown where it is too small
   * @return how many
   * @throws GeneralSecurityException when there is none for this value
   */
  int make(byte[] text, int length, Output out) throws GeneralSecurityException;

  /** Bytes that are made. */
  final class Output {
    private byte[] bytes = new byte[64];

    byte[] bytes() {
      return bytes;
    }

    /** Returns an array of at least so many bytes. */
    byte[] room(int atLeast) {
      if (bytes.length < atLeast) {
        bytes = new byte[Math.max(atLeast, bytes.length * 2)];
      }
      return bytes;
    }
  }
}
