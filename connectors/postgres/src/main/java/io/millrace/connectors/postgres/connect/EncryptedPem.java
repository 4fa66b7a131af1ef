package io.millrace.connectors.postgres.connect;

import java.io.IOException;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.jspecify.annotations.Nullable;

/** Decrypts a private key in the form {@code BEGIN ENCRYPTED PRIVATE KEY} (PKCS#8). */
final class EncryptedPem {
  private static final List<String> ALGORITHMS = List.of("RSA", "EC", "Ed25519", "DSA");

  private EncryptedPem() {}

  static PrivateKey decrypt(String pem, @Nullable String password)
      throws IOException, GeneralSecurityException {
    if (password == null) {
      throw new GeneralSecurityException("The key is encrypted and no password is set.");
    }
    String base64 = pem.replaceAll("-----[^-]+-----", "").replaceAll("\\s", "");
    EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(Base64.getDecoder().decode(base64));
    AlgorithmParameters parameters = info.getAlgParameters();
    // For PBES2 the name of the whole scheme is what its parameters print, such as
    // PBEWithHmacSHA256AndAES_256; the JDK offers no other way to it.
    String scheme =
        "PBES2".equals(info.getAlgName()) || info.getAlgName().startsWith("1.2.840")
            ? parameters.toString()
            : info.getAlgName();
    Cipher cipher = Cipher.getInstance(scheme);
    cipher.init(
        Cipher.DECRYPT_MODE,
        SecretKeyFactory.getInstance(scheme).generateSecret(new PBEKeySpec(password.toCharArray())),
        parameters);
    return of(info.getKeySpec(cipher));
  }

  private static PrivateKey of(PKCS8EncodedKeySpec spec) throws GeneralSecurityException {
    for (String algorithm : ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(spec);
      } catch (GeneralSecurityException other) {
        // Another algorithm may fit; the last line says that none did.
      }
    }
    throw new GeneralSecurityException("The key is of none of the kinds " + ALGORITHMS);
  }
}
