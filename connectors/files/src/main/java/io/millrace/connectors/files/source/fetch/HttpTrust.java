package io.millrace.connectors.files.source.fetch;

import io.millrace.spi.ConfigException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Which web servers are believed.
 *
 * @param tls null for those that the Java platform trusts
 */
public record HttpTrust(@Nullable SSLContext tls) {
  /** Trusts the platform's authorities, or this one instead. */
  public static HttpTrust of(Optional<String> caCertificate) {
    return new HttpTrust(caCertificate.map(HttpTrust::context).orElse(null));
  }

  private static SSLContext context(String pem) {
    try {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int number = 0;
      for (Certificate one :
          CertificateFactory.getInstance("X.509")
              .generateCertificates(
                  new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)))) {
        store.setCertificateEntry("ca-" + number++, one);
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new ConfigException(
          "ca_certificate_invalid",
          "ca_certificate is no certificate in PEM form.",
          String.valueOf(e.getMessage()),
          e);
    }
  }
}
