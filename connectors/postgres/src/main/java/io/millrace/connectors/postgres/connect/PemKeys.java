package io.millrace.connectors.postgres.connect;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import javax.net.ssl.SSLException;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.jspecify.annotations.Nullable;

/** Reads private keys: PKCS#8 and PKCS#1 in PEM form, and OpenSSH's own. */
final class PemKeys {
  private PemKeys() {}

  /** Returns the private key of a client certificate. */
  static PrivateKey privateKey(String pem, @Nullable String password) throws SSLException {
    try {
      if (pem.contains("BEGIN ENCRYPTED PRIVATE KEY")) {
        return EncryptedPem.decrypt(pem, password);
      }
      return pair("client_key", pem, password).getPrivate();
    } catch (IOException | GeneralSecurityException malformed) {
      throw new SSLException(
          "`client_key` is not a private key in PEM form, or `client_key_password` is wrong.",
          malformed);
    }
  }

  /** Returns the pair of keys that a private key's text holds. */
  static KeyPair pair(String field, String text, @Nullable String password)
      throws IOException, GeneralSecurityException {
    FilePasswordProvider provider =
        password == null ? FilePasswordProvider.EMPTY : FilePasswordProvider.of(password);
    Iterable<KeyPair> pairs =
        SecurityUtils.loadKeyPairIdentities(
            null,
            NamedResource.ofName(field),
            new ByteArrayInputStream((text.strip() + "\n").getBytes(StandardCharsets.UTF_8)),
            provider);
    if (pairs == null || !pairs.iterator().hasNext()) {
      throw new GeneralSecurityException("No key found in `" + field + "`.");
    }
    return pairs.iterator().next();
  }
}
