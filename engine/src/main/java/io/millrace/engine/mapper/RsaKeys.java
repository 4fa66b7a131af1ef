package io.millrace.engine.mapper;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;

/** Reads public keys. */
final class RsaKeys {
  private static final String PEM_BEGIN = "-----BEGIN PUBLIC KEY-----";
  private static final String PEM_END = "-----END PUBLIC KEY-----";
  private static final int CHARS_MAX = 1 << 14;

  private RsaKeys() {}

  /**
   * Returns the key.
   *
   * @throws IllegalArgumentException with what was expected, when the text is none
   */
  static PublicKey read(String text) {
    try {
      if (text.length() > CHARS_MAX) {
        throw wrong();
      }
      return KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(der(text)));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw wrong();
    }
  }

  private static byte[] der(String text) {
    String plain = text.strip();
    if (plain.startsWith(PEM_BEGIN) && plain.endsWith(PEM_END)) {
      String body = plain.substring(PEM_BEGIN.length(), plain.length() - PEM_END.length());
      return Base64.getMimeDecoder().decode(body);
    }
    return HexFormat.of().parseHex(plain);
  }

  private static IllegalArgumentException wrong() {
    return new IllegalArgumentException(
        "the publicKey is no RSA key; expected the hexadecimal digits of its X.509 DER form"
            + " (openssl pkey -pubin -outform DER | xxd -p), or PEM");
  }
}
