package io.millrace.connectors.postgres.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.spi.ConfigException;
import io.millrace.spi.ConnectorException;
import io.millrace.spi.TransientException;
import io.millrace.spi.config.Secret;
import io.millrace.testkit.servers.PostgresServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.forward.AcceptAllForwardingFilter;
import org.apache.sshd.server.keyprovider.SimpleGeneratorHostKeyProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The database behind a real SSH server in this process. */
final class TunnelTest {
  private static final String USER = "jump";
  private static final String PASSWORD = "geheim";
  private static final List<PublicKey> ALLOWED = new CopyOnWriteArrayList<>();

  private static SshServer ssh;

  @BeforeAll
  static void start() throws IOException {
    ssh = SshServer.setUpDefaultServer();
    ssh.setHost("127.0.0.1");
    ssh.setPort(0);
    ssh.setKeyPairProvider(new SimpleGeneratorHostKeyProvider());
    ssh.setPasswordAuthenticator(
        (user, password, _) -> user.equals(USER) && password.equals(PASSWORD));
    ssh.setPublickeyAuthenticator(
        (user, key, _) -> user.equals(USER) && KeyUtils.findMatchingKey(key, ALLOWED) != null);
    ssh.setForwardingFilter(AcceptAllForwardingFilter.INSTANCE);
    ssh.start();
  }

  @AfterAll
  static void stop() throws IOException {
    ssh.stop(true);
  }

  @Test
  void aPasswordOpensTheTunnel() throws Exception {
    assertReaches(new TunnelMethod.SshPasswordAuth("127.0.0.1", ssh.getPort(), USER, secret()));
  }

  @Test
  void keysOfTheUsualKindsOpenTheTunnel() throws Exception {
    KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
    rsa.initialize(2048);
    KeyPair rsaPair = rsa.generateKeyPair();
    assertReaches(key(rsaPair, Certificates.pem("PRIVATE KEY", rsaPair.getPrivate().getEncoded())));
    assertReaches(key(rsaPair, openSsh(rsaPair)));
    KeyPairGenerator ec = KeyPairGenerator.getInstance("EC");
    ec.initialize(256);
    KeyPair ecPair = ec.generateKeyPair();
    assertReaches(key(ecPair, openSsh(ecPair)));
    KeyPair edPair = SecurityUtils.getKeyPairGenerator("Ed25519").generateKeyPair();
    assertReaches(key(edPair, openSsh(edPair)));
  }

  @Test
  void whatIsWrongIsSaid() throws Exception {
    ConnectorException refused =
        failure(
            new TunnelMethod.SshPasswordAuth(
                "127.0.0.1", ssh.getPort(), USER, new Secret("falsch")));
    assertThat(refused).isInstanceOf(ConfigException.class).hasMessageContaining("tunnel_user");
    assertThat(refused.internalMessage() + refused.getMessage()).doesNotContain("falsch");
    assertThat(
            failure(
                new TunnelMethod.SshKeyAuth(
                    "127.0.0.1", ssh.getPort(), USER, new Secret("no key"))))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("ssh_key");
    assertThat(failure(new TunnelMethod.SshPasswordAuth("host.invalid", 22, USER, secret())))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("tunnel_host");
    assertThat(failure(new TunnelMethod.SshPasswordAuth("127.0.0.1", 1, USER, secret())))
        .isInstanceOf(TransientException.class)
        .hasMessageContaining("127.0.0.1:1");
  }

  @Test
  void whatIsNoSshServerRefusesNobody() throws Exception {
    PostgresServer database = PostgresServer.shared();
    assertThat(
            failure(new TunnelMethod.SshPasswordAuth("127.0.0.1", database.port(), USER, secret())))
        .isInstanceOf(TransientException.class)
        .hasMessageContaining("it may be no SSH server")
        .hasMessageNotContaining("refused the user");
    try (ServerSocket resetting = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> resetAll(resetting));
      assertThat(
              failure(
                  new TunnelMethod.SshPasswordAuth(
                      "127.0.0.1", resetting.getLocalPort(), USER, secret())))
          .isInstanceOf(TransientException.class)
          .hasMessageContaining("it may be no SSH server");
    }
  }

  /** Says what an SSH server says first, and resets each connection. */
  private static void resetAll(ServerSocket server) {
    try {
      while (true) {
        try (Socket client = server.accept()) {
          client.getOutputStream().write("SSH-2.0-short\r\n".getBytes(StandardCharsets.UTF_8));
          client.setSoLinger(true, 0);
        }
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private static TunnelMethod key(KeyPair pair, String text) {
    ALLOWED.add(pair.getPublic());
    return new TunnelMethod.SshKeyAuth("127.0.0.1", ssh.getPort(), USER, new Secret(text));
  }

  private static String openSsh(KeyPair pair) throws IOException, GeneralSecurityException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(pair, "test", null, out);
    return out.toString(StandardCharsets.UTF_8);
  }

  private static void assertReaches(TunnelMethod method) throws InterruptedException {
    try (PgConnections connections = new PgConnections(settings(method), 2);
        PgSession one = connections.open();
        PgSession other = connections.open()) {
      one.execute("ask", "SELECT 1");
      other.execute("ask", "SELECT repeat('x', 1000000)");
    }
  }

  private static ConnectorException failure(TunnelMethod method) {
    try (PgConnections connections = new PgConnections(settings(method), 1)) {
      ConnectorException failure =
          catchThrowableOfType(ConnectorException.class, () -> connections.open().close());
      assertThat(failure).isNotNull();
      return failure;
    }
  }

  private static Secret secret() {
    return new Secret(PASSWORD);
  }

  private static PgSettings settings(TunnelMethod method) {
    return new PgSettings(
        PostgresServer.HOST,
        PostgresServer.shared().port(),
        "postgres",
        PostgresServer.USER,
        Optional.empty(),
        new SslMode.Disable(),
        Optional.empty(),
        method);
  }
}
