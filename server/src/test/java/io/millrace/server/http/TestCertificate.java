package io.millrace.server.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A self-signed certificate for localhost, as PEM files, made by the JDK's keytool.
 *
 * @param files where they lie
 * @param trust trusts this certificate alone
 */
public record TestCertificate(HttpSettings.Tls files, SSLContext trust) {
  private static final String PASSWORD = "changeit";

  /** Makes one of a key algorithm: RSA, EC, Ed25519. */
  public static TestCertificate make(Path folder, String name, String algorithm)
      throws IOException, InterruptedException, GeneralSecurityException {
    return make(folder, name, algorithm, List.of("-validity", "30"));
  }

  /** Makes one that has run out. */
  public static TestCertificate expired(Path folder, String name)
      throws IOException, InterruptedException, GeneralSecurityException {
    return make(folder, name, "EC", List.of("-startdate", "-10d", "-validity", "5"));
  }

  private static TestCertificate make(
      Path folder, String name, String algorithm, List<String> dates)
      throws IOException, InterruptedException, GeneralSecurityException {
    Path file = folder.resolve(name + ".p12");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                algorithm,
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=dns:localhost,ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                file.toString()));
    command.addAll(dates);
    Process keytool = new ProcessBuilder(command).inheritIO().start();
    if (!keytool.waitFor(1, TimeUnit.MINUTES) || keytool.exitValue() != 0) {
      throw new IllegalStateException("keytool made no certificate");
    }
    KeyStore store = KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
    byte[] certificate = store.getCertificate("server").getEncoded();
    byte[] key = store.getKey("server", PASSWORD.toCharArray()).getEncoded();
    HttpSettings.Tls files =
        new HttpSettings.Tls(
            pem(folder.resolve(name + ".crt"), "CERTIFICATE", certificate),
            pem(folder.resolve(name + ".key"), "PRIVATE KEY", key));
    return new TestCertificate(files, trusting(store));
  }

  private static Path pem(Path file, String kind, byte[] bytes) throws IOException {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    return Files.writeString(
        file,
        "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n",
        StandardCharsets.US_ASCII);
  }

  private static SSLContext trusting(KeyStore made) throws IOException, GeneralSecurityException {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("server", made.getCertificate("server"));
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return context;
  }
}
