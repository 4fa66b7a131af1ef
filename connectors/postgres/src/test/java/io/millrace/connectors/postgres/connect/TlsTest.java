package io.millrace.connectors.postgres.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.spi.ConfigException;
import io.millrace.spi.config.Secret;
import io.millrace.testkit.servers.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.AlgorithmParameters;
import java.security.KeyFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every mode against a server with a certificate, and one that asks for the client's. */
final class TlsTest {
  private static final String HBA =
      """
      hostssl all careful all trust clientcert=verify-ca
      hostssl all all all trust
      hostnossl all plain all trust
      host all postgres all trust
      """;

  private static Certificates.Pair server;
  private static Certificates.Pair client;
  private static Certificates.Pair stranger;
  private static PostgresServer postgres;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    server = Certificates.make(folder, "server", "localhost", "EC");
    client = Certificates.make(folder, "client", "client", "RSA");
    stranger = Certificates.make(folder, "stranger", "localhost", "EC");
    postgres =
        PostgresServer.builder()
            .files(TlsTest::write)
            .setting("ssl", "on")
            .setting("ssl_cert_file", "server.crt")
            .setting("ssl_key_file", "server.key")
            .setting("ssl_ca_file", "client.crt")
            .start();
    postgres.execute(
        "postgres",
        "CREATE ROLE careful LOGIN",
        "CREATE ROLE plain LOGIN",
        "CREATE ROLE usual LOGIN");
  }

  @AfterAll
  static void stop() {
    postgres.close();
  }

  private static void write(Path folder) {
    try {
      Files.writeString(folder.resolve("server.crt"), server.certificate());
      Files.writeString(folder.resolve("client.crt"), client.certificate());
      Files.writeString(folder.resolve("pg_hba.conf"), HBA);
      Path key = folder.resolve("server.key");
      Files.writeString(key, server.key());
      Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Test
  void theModesEncryptAsTheySay() throws Exception {
    assertThat(encrypted("usual", new SslMode.Require())).isTrue();
    assertThat(encrypted("usual", new SslMode.Prefer())).isTrue();
    assertThat(encrypted("usual", new SslMode.Allow())).isTrue();
    assertThat(encrypted("plain", new SslMode.Disable())).isFalse();
    assertThat(encrypted("plain", new SslMode.Allow())).isFalse();
    assertThat(refused("usual", "localhost", new SslMode.Disable()).code()).isEqualTo("auth");
  }

  @Test
  void anAuthorityIsChecked() throws Exception {
    assertThat(encrypted("usual", verifyCa(server))).isTrue();
    ConfigException failure = refused("usual", "localhost", verifyCa(stranger));
    assertThat(failure.code()).isEqualTo("tls");
    assertThat(failure).hasMessageContaining("ssl_mode");
    assertThat(refused("usual", "localhost", verifyCa("no certificate")))
        .hasMessageContaining("ca_certificate");
  }

  @Test
  void aNameIsCheckedInTheFullModeOnly() throws Exception {
    SslMode full =
        new SslMode.VerifyFull(
            new Secret(server.certificate()), Optional.empty(), Optional.empty(), Optional.empty());
    assertThat(encrypted("usual", full)).isTrue();
    assertThat(refused("usual", "127.0.0.1", full)).hasMessageContaining("127.0.0.1");
    try (PgConnections connections =
            new PgConnections(settings("usual", "127.0.0.1", verifyCa(server)), 1);
        PgSession session = connections.open()) {
      assertThat(session.serverVersion()).isEqualTo(postgres.majorVersion());
    }
  }

  @Test
  void theClientShowsItsCertificate() throws Exception {
    assertThat(encrypted("careful", withClient(client.key(), Optional.empty()))).isTrue();
    assertThat(
            encrypted(
                "careful",
                withClient(encrypted(client.key(), "pass"), Optional.of(new Secret("pass")))))
        .isTrue();
    assertThat(refused("careful", "localhost", verifyCa(server)).code()).isEqualTo("auth");
    ConfigException wrong =
        refused(
            "careful",
            "localhost",
            withClient(encrypted(client.key(), "pass"), Optional.of(new Secret("other"))));
    assertThat(wrong).hasMessageContaining("client_key_password");
  }

  @Test
  void aServerWithoutEncryptionIsRefused() {
    PgSettings settings =
        new PgSettings(
            PostgresServer.HOST,
            PostgresServer.shared().port(),
            "postgres",
            PostgresServer.USER,
            Optional.empty(),
            new SslMode.Require(),
            Optional.empty(),
            new TunnelMethod.NoTunnel());
    ConfigException failure = refused(settings);
    assertThat(failure.code()).isEqualTo("no_encryption");
    assertThat(failure).hasMessageContaining("offers no encryption, which `ssl_mode` demands");
  }

  private static String encrypted(String pem, String password) throws Exception {
    String base64 = pem.replaceAll("-----[^-]+-----", "").replaceAll("\\s", "");
    byte[] plain =
        KeyFactory.getInstance("RSA")
            .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64)))
            .getEncoded();
    String scheme = "PBEWithHmacSHA256AndAES_256";
    Cipher cipher = Cipher.getInstance(scheme);
    cipher.init(
        Cipher.ENCRYPT_MODE,
        SecretKeyFactory.getInstance(scheme)
            .generateSecret(new PBEKeySpec(password.toCharArray())));
    AlgorithmParameters parameters = AlgorithmParameters.getInstance("PBES2");
    parameters.init(cipher.getParameters().getEncoded());
    return Certificates.pem(
        "ENCRYPTED PRIVATE KEY",
        new EncryptedPrivateKeyInfo(parameters, cipher.doFinal(plain)).getEncoded());
  }

  private static SslMode verifyCa(Certificates.Pair authority) {
    return verifyCa(authority.certificate());
  }

  private static SslMode verifyCa(String pem) {
    return new SslMode.VerifyCa(
        new Secret(pem), Optional.empty(), Optional.empty(), Optional.empty());
  }

  private static SslMode withClient(String key, Optional<Secret> password) {
    return new SslMode.VerifyCa(
        new Secret(server.certificate()),
        Optional.of(new Secret(client.certificate())),
        Optional.of(new Secret(key)),
        password);
  }

  private static boolean encrypted(String user, SslMode mode) throws Exception {
    try (PgConnections connections = new PgConnections(settings(user, "localhost", mode), 1);
        PgSession session = connections.open()) {
      return session.call(
          "ask",
          jdbc -> {
            try (Statement statement = jdbc.createStatement();
                ResultSet row =
                    statement.executeQuery(
                        "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")) {
              row.next();
              return row.getBoolean(1);
            }
          });
    }
  }

  private static ConfigException refused(String user, String host, SslMode mode) {
    return refused(settings(user, host, mode));
  }

  private static ConfigException refused(PgSettings settings) {
    try (PgConnections connections = new PgConnections(settings, 1)) {
      ConfigException failure =
          catchThrowableOfType(ConfigException.class, () -> connections.open().close());
      assertThat(failure).isNotNull();
      return failure;
    }
  }

  private static PgSettings settings(String user, String host, SslMode mode) {
    return new PgSettings(
        host,
        postgres.port(),
        "postgres",
        user,
        Optional.empty(),
        mode,
        Optional.empty(),
        new TunnelMethod.NoTunnel());
  }
}
