package io.millrace.connectors.postgres.connect;

import io.millrace.spi.ConfigException;
import io.millrace.spi.ConnectorException;
import io.millrace.spi.TransientException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.keyverifier.AcceptAllServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.common.util.net.SshdSocketAddress;
import org.apache.sshd.core.CoreModuleProperties;

/**
 * A port of this machine that leads through an SSH server to the database.
 *
 * <p>As in Airbyte, whose configuration has no field for it, the SSH server's host key is not
 * checked; {@code verify-full} checks the database itself through the tunnel.
 */
final class SshTunnel implements AutoCloseable {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(20);
  private static final Duration AUTH_TIMEOUT = Duration.ofSeconds(20);
  private static final Duration HEARTBEAT = Duration.ofSeconds(15);
  private static final int HEARTBEATS_UNANSWERED_MAX = 4;

  private final SshClient client;
  private final ClientSession session;
  private final int localPort;

  private SshTunnel(SshClient client, ClientSession session, int localPort) {
    this.client = client;
    this.session = session;
    this.localPort = localPort;
  }

  /** Opens the tunnel a method describes to a host and port as the SSH server sees them. */
  static SshTunnel open(TunnelMethod method, String host, int port) throws InterruptedException {
    SshdSocketAddress target = new SshdSocketAddress(host, port);
    return switch (method) {
      case TunnelMethod.NoTunnel() -> throw new IllegalArgumentException("No tunnel is wanted.");
      case TunnelMethod.SshKeyAuth(var sshHost, var sshPort, var user, var key) ->
          open(
              new Login(sshHost, sshPort, user),
              session -> session.addPublicKeyIdentity(PemKeys.pair("ssh_key", key.value(), null)),
              target);
      case TunnelMethod.SshPasswordAuth(var sshHost, var sshPort, var user, var password) ->
          open(
              new Login(sshHost, sshPort, user),
              session -> session.addPasswordIdentity(password.value()),
              target);
    };
  }

  int localPort() {
    return localPort;
  }

  boolean alive() {
    return session.isOpen();
  }

  @Override
  public void close() {
    session.close(true);
    client.stop();
  }

  private static SshTunnel open(Login login, Identity identity, SshdSocketAddress target)
      throws InterruptedException {
    SshClient client = client();
    boolean opened = false;
    try {
      ClientSession session = connect(client, login);
      authenticate(session, login, identity);
      SshdSocketAddress local =
          session.startLocalPortForwarding(new SshdSocketAddress("127.0.0.1", 0), target);
      opened = true;
      return new SshTunnel(client, session, local.getPort());
    } catch (InterruptedIOException interrupted) {
      throw new InterruptedException("Interrupted while opening the SSH tunnel.");
    } catch (IOException failure) {
      throw unreachable(login, failure);
    } finally {
      if (!opened) {
        client.stop();
      }
    }
  }

  private static SshClient client() {
    SshClient client = SshClient.setUpDefaultClient();
    client.setServerKeyVerifier(AcceptAllServerKeyVerifier.INSTANCE);
    client.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
    client.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
    CoreModuleProperties.HEARTBEAT_INTERVAL.set(client, HEARTBEAT);
    CoreModuleProperties.HEARTBEAT_NO_REPLY_MAX.set(client, HEARTBEATS_UNANSWERED_MAX);
    client.start();
    return client;
  }

  private static ClientSession connect(SshClient client, Login login) throws IOException {
    try {
      return client
          .connect(login.user, login.host, login.port)
          .verify(CONNECT_TIMEOUT)
          .getSession();
    } catch (UnresolvedAddressException unknown) {
      throw new UnknownHostException(login.host);
    }
  }

  private static void authenticate(ClientSession session, Login login, Identity identity)
      throws IOException {
    try {
      identity.addTo(session);
    } catch (IOException | GeneralSecurityException malformed) {
      throw new ConfigException(
          "ssh_key",
          "`ssh_key` is not a private key without passphrase, in OpenSSH or PEM form.",
          "ssh key: " + malformed.getClass().getSimpleName(),
          null);
    }
    try {
      session.auth().verify(AUTH_TIMEOUT);
    } catch (InterruptedIOException interrupted) {
      throw interrupted;
    } catch (IOException refused) {
      if (session.getSessionId() == null) {
        throw notSsh(login, refused);
      }
      throw new ConfigException(
          "ssh_auth",
          "The SSH server "
              + login.place()
              + " refused the user "
              + login.user
              + ". Check `tunnel_user` and its key or password.",
          ConnectorException.outside(refused.getMessage()),
          refused);
    }
  }

  /** Tells of a server that ended the conversation before anybody could log in. */
  private static TransientException notSsh(Login login, IOException failure) {
    return new TransientException(
        "ssh_unreachable",
        "What listens at "
            + login.place()
            + " takes connections, but ends them or says nothing before the login: it may be no SSH"
            + " server, or refuse this machine. Check `tunnel_host` and `tunnel_port`.",
        ConnectorException.outside(failure.getMessage()),
        failure);
  }

  private static ConnectorException unreachable(Login login, IOException failure) {
    String said = ConnectorException.outside(failure.getMessage());
    if (PgErrors.isUnknownHost(failure)) {
      return new ConfigException(
          "unknown_host",
          "The SSH server's name " + login.host + " is not known. Check `tunnel_host`.",
          said,
          failure);
    }
    if (said.contains("reset by peer")) {
      // Connected it was: the operating system may say so before the connecting is seen to be over.
      return notSsh(login, failure);
    }
    return new TransientException(
        "ssh_unreachable",
        "The SSH server "
            + login.place()
            + " could not be reached. Check that it runs, and `tunnel_host` and `tunnel_port`.",
        said,
        failure);
  }

  private record Login(String host, int port, String user) {
    String place() {
      return host + ":" + port;
    }
  }

  @FunctionalInterface
  private interface Identity {
    void addTo(ClientSession session) throws IOException, GeneralSecurityException;
  }
}
