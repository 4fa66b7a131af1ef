package io.millrace.connectors.postgres.connect;

import io.millrace.spi.config.Secret;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.Optional;
import java.util.Properties;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.postgresql.ssl.WrappedFactory;

/**
 * Checks certificates for {@code verify-ca} and {@code verify-full}. pgjdbc instantiates it by name
 * with the connection's properties, which carry the PEM texts: no key is ever written to a file.
 */
public final class PgTlsFactory extends WrappedFactory {
  private static final String CA = "millrace.tls.ca";
  private static final String CERTIFICATE = "millrace.tls.certificate";
  private static final String KEY = "millrace.tls.key";
  private static final String KEY_PASSWORD = "millrace.tls.keyPassword";
  private static final char[] NO_PASSWORD = new char[0];

  /** Called by pgjdbc. */
  public PgTlsFactory(Properties info) throws IOException, GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys(info), authorities(info.getProperty(CA, "")), null);
    this.factory = context.getSocketFactory();
  }

  /** Puts the texts where the constructor finds them. */
  static void describe(
      Properties info,
      Secret ca,
      Optional<Secret> certificate,
      Optional<Secret> key,
      Optional<Secret> keyPassword) {
    info.setProperty("sslfactory", PgTlsFactory.class.getName());
    info.setProperty(CA, ca.value());
    certificate.ifPresent(secret -> info.setProperty(CERTIFICATE, secret.value()));
    key.ifPresent(secret -> info.setProperty(KEY, secret.value()));
    keyPassword.ifPresent(secret -> info.setProperty(KEY_PASSWORD, secret.value()));
  }

  private static TrustManager[] authorities(String pem)
      throws IOException, GeneralSecurityException {
    KeyStore store = emptyStore();
    int number = 0;
    for (Certificate certificate : certificates("ca_certificate", pem)) {
      store.setCertificateEntry("ca" + number++, certificate);
    }
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(store);
    return managers.getTrustManagers();
  }

  private static KeyManager @Nullable [] keys(Properties info)
      throws IOException, GeneralSecurityException {
    String certificate = info.getProperty(CERTIFICATE, "");
    String key = info.getProperty(KEY, "");
    if (certificate.isBlank() && key.isBlank()) {
      return null;
    }
    if (certificate.isBlank() || key.isBlank()) {
      throw new SSLException("`client_certificate` and `client_key` belong together; set both.");
    }
    KeyStore store = emptyStore();
    store.setKeyEntry(
        "client",
        PemKeys.privateKey(key, info.getProperty(KEY_PASSWORD)),
        NO_PASSWORD,
        certificates("client_certificate", certificate).toArray(new Certificate[0]));
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(store, NO_PASSWORD);
    return managers.getKeyManagers();
  }

  private static Collection<? extends Certificate> certificates(String field, String pem)
      throws SSLException {
    try {
      Collection<? extends Certificate> found =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(
                  new ByteArrayInputStream(pem.strip().getBytes(StandardCharsets.US_ASCII)));
      if (!found.isEmpty()) {
        return found;
      }
    } catch (GeneralSecurityException malformed) {
      throw new SSLException("`" + field + "` is not a certificate in PEM form.", malformed);
    }
    throw new SSLException("`" + field + "` holds no certificate in PEM form.");
  }

  private static KeyStore emptyStore() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }
}
