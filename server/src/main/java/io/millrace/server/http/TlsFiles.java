package io.millrace.server.http;

import io.millrace.spi.ConfigException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** Reads a certificate chain and its key from PEM files, and says what is wrong with them. */
final class TlsFiles {
  private static final String CODE = "tls";
  private static final long FILE_BYTES_MAX = 1 << 20;
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]+)-----END PRIVATE KEY-----");
  private static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

  /**
   * Key algorithms, each with the signature that proves that key and certificate belong together.
   */
  private static final List<Algorithm> ALGORITHMS =
      List.of(
          new Algorithm("RSA", "SHA256withRSA"),
          new Algorithm("EC", "SHA256withECDSA"),
          new Algorithm("EdDSA", "EdDSA"));

  private TlsFiles() {}

  private record Algorithm(String key, String signature) {}

  /**
   * Makes what the server's ports speak TLS with: 1.3 and 1.2.
   *
   * @throws ConfigException when a file is missing, is something else, or the two do not belong
   *     together; dates are {@link #warning}'s
   */
  static SslContextFactory.Server read(HttpSettings.Tls tls) {
    List<X509Certificate> chain = chain(tls.certificates());
    String pem = text(tls.key(), "--tls-key");
    Algorithm algorithm = algorithm(chain.getFirst(), tls.certificates());
    PrivateKey key = key(algorithm, pem, tls);
    try {
      proveThatTheyMatch(algorithm, key, chain.getFirst(), tls);
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      // The store lives in memory alone; the key has lain in the file without a password, too.
      char[] none = new char[0];
      store.setKeyEntry("server", key, none, chain.toArray(Certificate[]::new));
      SslContextFactory.Server factory = new SslContextFactory.Server();
      factory.setKeyStore(store);
      factory.setKeyStorePassword("");
      factory.setIncludeProtocols(PROTOCOLS.toArray(String[]::new));
      factory.setRenegotiationAllowed(false);
      return factory;
    } catch (GeneralSecurityException | IOException e) {
      throw new ConfigException(
          CODE, "The certificate and its key cannot be used (" + name(e) + ").", e.toString(), e);
    }
  }

  private static List<X509Certificate> chain(Path file) {
    byte[] bytes = text(file, "--tls-cert").getBytes(StandardCharsets.UTF_8);
    try {
      List<X509Certificate> chain =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(bytes))
              .stream()
              .map(X509Certificate.class::cast)
              .toList();
      if (!chain.isEmpty()) {
        return chain;
      }
    } catch (CertificateException e) {
      // Said below.
    }
    throw new ConfigException(
        CODE,
        "--tls-cert "
            + file
            + " holds no certificate; expected PEM, the server's certificate first and then those"
            + " that signed it (-----BEGIN CERTIFICATE-----).");
  }

  private static PrivateKey key(Algorithm algorithm, String pem, HttpSettings.Tls tls) {
    Matcher matcher = KEY.matcher(pem);
    if (!matcher.find()) {
      throw new ConfigException(
          CODE,
          "--tls-key "
              + tls.key()
              + " holds no key that can be read; expected PEM, PKCS #8 without a password"
              + " (-----BEGIN PRIVATE KEY-----). \"openssl pkcs8 -topk8 -nocrypt -in OLD -out NEW\""
              + " makes one of others.");
    }
    try {
      byte[] bytes = Base64.getMimeDecoder().decode(matcher.group(1));
      return KeyFactory.getInstance(algorithm.key())
          .generatePrivate(new PKCS8EncodedKeySpec(bytes));
    } catch (InvalidKeySpecException | IllegalArgumentException e) {
      throw mismatch(tls);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Algorithm algorithm(X509Certificate certificate, Path file) {
    String name = certificate.getPublicKey().getAlgorithm();
    return ALGORITHMS.stream()
        .filter(one -> one.key().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new ConfigException(
                    CODE,
                    "--tls-cert "
                        + file
                        + " is for a key of kind "
                        + name
                        + "; expected RSA, EC or Ed25519."));
  }

  private static void proveThatTheyMatch(
      Algorithm algorithm, PrivateKey key, X509Certificate certificate, HttpSettings.Tls tls)
      throws GeneralSecurityException {
    byte[] proof = "millrace".getBytes(StandardCharsets.UTF_8);
    Signature signing = Signature.getInstance(algorithm.signature());
    signing.initSign(key);
    signing.update(proof);
    byte[] signature = signing.sign();
    Signature verifying = Signature.getInstance(algorithm.signature());
    verifying.initVerify(certificate.getPublicKey());
    verifying.update(proof);
    if (!verifying.verify(signature)) {
      throw mismatch(tls);
    }
  }

  /** Says what clients will mind about a certificate's dates; empty where there is nothing. */
  static Optional<String> warning(HttpSettings.Tls tls, Instant now) {
    X509Certificate certificate = chain(tls.certificates()).getFirst();
    Instant from = certificate.getNotBefore().toInstant();
    Instant to = certificate.getNotAfter().toInstant();
    if (!now.isBefore(from) && !now.isAfter(to)) {
      return Optional.empty();
    }
    String dates = now.isBefore(from) ? "is not valid before " + from : "ran out on " + to;
    return Optional.of(
        "The certificate in --tls-cert "
            + tls.certificates()
            + " "
            + dates
            + ": browsers and clients refuse it. Put another one there and start again.");
  }

  private static String text(Path file, String option) {
    try {
      if (Files.size(file) > FILE_BYTES_MAX) {
        throw new ConfigException(
            CODE, option + " " + file + " is larger than 1 MB; expected a PEM file.");
      }
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException e) {
      throw new ConfigException(CODE, option + " " + file + " does not exist.", e.toString(), e);
    } catch (IOException e) {
      throw new ConfigException(
          CODE, option + " " + file + " cannot be read (" + name(e) + ").", e.toString(), e);
    }
  }

  private static ConfigException mismatch(HttpSettings.Tls tls) {
    return new ConfigException(
        CODE,
        "--tls-key "
            + tls.key()
            + " is not the key of the first certificate in --tls-cert "
            + tls.certificates()
            + ".");
  }

  private static String name(Exception e) {
    return e.getClass().getSimpleName();
  }
}
