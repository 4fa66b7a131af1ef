package io.millrace.connectors.files.source.fetch;

import io.millrace.connectors.files.store.Interruptible;
import io.millrace.spi.ConfigException;
import io.millrace.spi.ConnectorException;
import io.millrace.spi.Notice;
import io.millrace.spi.TransientException;
import io.millrace.spi.config.Secret;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Duration;
import java.util.function.Consumer;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.client.SftpClientFactory;
import org.apache.sshd.sftp.common.SftpConstants;
import org.apache.sshd.sftp.common.SftpException;
import org.jspecify.annotations.Nullable;

/** One SSH session, opened when it is first needed and again when it broke. Thread-safe. */
final class SftpConnection implements AutoCloseable {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(20);
  private static final Duration AUTH_TIMEOUT = Duration.ofSeconds(20);
  private static final Duration HEARTBEAT = Duration.ofSeconds(15);
  private static final int HEARTBEATS_UNANSWERED_MAX = 4;

  private final SftpLogin login;
  private final Consumer<Notice> notices;
  private @Nullable SshClient client;
  private @Nullable ClientSession session;

  /** Something done with a client. */
  interface Work<T> {
    T with(SftpClient client) throws IOException, InterruptedException;
  }

  private interface InSession<T> {
    T in(ClientSession session) throws IOException, InterruptedException;
  }

  SftpConnection(SftpLogin login, Consumer<Notice> notices) {
    this.login = login;
    this.notices = notices;
  }

  /** Does something; failures are about a path. */
  <T> T with(String path, Work<T> work) throws InterruptedException {
    return call(
        path,
        open -> {
          try (SftpClient sftp = SftpClientFactory.instance().createSftpClient(open)) {
            return work.with(sftp);
          }
        });
  }

  /** Does something whose result closes the client. */
  <T> T keeping(String path, Work<T> work) throws InterruptedException {
    return call(
        path,
        open -> {
          SftpClient sftp = SftpClientFactory.instance().createSftpClient(open);
          try {
            T result = work.with(sftp);
            sftp = null;
            return result;
          } finally {
            if (sftp != null) {
              sftp.close();
            }
          }
        });
  }

  private <T> T call(String path, InSession<T> work) throws InterruptedException {
    return Interruptible.call(
        () -> {
          ClientSession kept = openSession();
          if (kept != null) {
            try {
              return inSession(path, kept, work);
            } catch (TransientException e) {
              // The server may have ended the session since it was last used; a new one will tell.
              drop(kept);
            }
          }
          return inSession(path, session(), work);
        });
  }

  private static <T> T inSession(String path, ClientSession open, InSession<T> work)
      throws InterruptedException {
    try {
      return work.in(open);
    } catch (IOException e) {
      throw failure(path, e);
    } catch (IllegalStateException e) {
      // What the library throws for a session that is just being closed.
      throw FileErrors.broken(path, new IOException(e));
    }
  }

  private synchronized @Nullable ClientSession openSession() {
    return session != null && session.isOpen() ? session : null;
  }

  private synchronized void drop(ClientSession broken) {
    if (broken.equals(session)) {
      close();
    }
  }

  static ConnectorException failure(String path, IOException cause) {
    if (cause instanceof SftpException sftp) {
      return switch (sftp.getStatus()) {
        case SftpConstants.SSH_FX_NO_SUCH_FILE, SftpConstants.SSH_FX_NO_SUCH_PATH ->
            FileErrors.missing(path);
        case SftpConstants.SSH_FX_PERMISSION_DENIED -> FileErrors.denied(path, cause);
        default -> FileErrors.broken(path, cause);
      };
    }
    return FileErrors.broken(path, cause);
  }

  private synchronized ClientSession session() {
    ClientSession open = openSession();
    if (open != null) {
      return open;
    }
    close();
    SshClient made = client();
    client = made;
    try {
      ClientSession connected = connect(made);
      session = connected;
      authenticate(connected);
      return connected;
    } catch (IOException e) {
      close();
      throw unreachable(e, false);
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  private SshClient client() {
    SshClient made = SshClient.setUpDefaultClient();
    Path knownHosts = Path.of(System.getProperty("user.home"), ".ssh", "known_hosts");
    made.setServerKeyVerifier(new SftpHostKeys(login, knownHosts, notices).verifier());
    made.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
    made.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
    CoreModuleProperties.HEARTBEAT_INTERVAL.set(made, HEARTBEAT);
    CoreModuleProperties.HEARTBEAT_NO_REPLY_MAX.set(made, HEARTBEATS_UNANSWERED_MAX);
    made.start();
    return made;
  }

  private ClientSession connect(SshClient made) throws IOException {
    try {
      return made.connect(login.user(), login.host(), login.port())
          .verify(CONNECT_TIMEOUT)
          .getSession();
    } catch (UnresolvedAddressException e) {
      throw new UnknownHostException(login.host());
    }
  }

  private void authenticate(ClientSession connected) {
    login.password().ifPresent(password -> connected.addPasswordIdentity(password.value()));
    login.privateKey().ifPresent(key -> addKey(connected, key));
    try {
      connected.auth().verify(AUTH_TIMEOUT);
    } catch (IOException e) {
      String said = ConnectorException.outside(e.getMessage());
      if (said.contains("Server key did not validate")) {
        throw new ConfigException(
            "host_key_wrong",
            "The SFTP server "
                + login.place()
                + " has another key than host_key_fingerprint or known_hosts says. Somebody may be"
                + " in between; if the server was renewed, correct them.",
            said,
            e);
      }
      if (connected.getSessionId() == null) {
        throw unreachable(e, true);
      }
      throw new ConfigException(
          "auth",
          "The SFTP server "
              + login.place()
              + " refused the user \""
              + ConnectorException.outside(login.user())
              + "\". Check user, password and key.",
          said,
          e);
    }
  }

  private void addKey(ClientSession connected, Secret key) {
    String passphrase = login.passphrase().map(Secret::value).orElse("");
    try {
      for (KeyPair pair :
          SecurityUtils.loadKeyPairIdentities(
              connected,
              NamedResource.ofName("private_key"),
              new ByteArrayInputStream(key.value().getBytes(StandardCharsets.UTF_8)),
              FilePasswordProvider.of(passphrase))) {
        connected.addPublicKeyIdentity(pair);
      }
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      throw new ConfigException(
          "private_key_invalid",
          "private_key is no private key in PEM or OpenSSH form, or its passphrase is wrong.",
          "private key: " + e.getClass().getSimpleName(),
          null);
    }
  }

  private ConnectorException unreachable(IOException cause, boolean connected) {
    String said = ConnectorException.outside(cause.getMessage());
    for (Throwable at = cause; at != null; at = at.getCause()) {
      if (at instanceof UnknownHostException || at instanceof UnresolvedAddressException) {
        return new ConfigException(
            "host_unknown",
            "The SFTP server's name " + login.host() + " is unknown. Correct the url or host.",
            said,
            cause);
      }
    }
    return new TransientException(
        "sftp_unreachable",
        "The SFTP server "
            + login.place()
            + (connected
                ? " takes connections, but ends them or says nothing before the login: it may be no"
                    + " SSH server, or refuse this machine. "
                : " did not answer: nothing listens there, or a firewall is in between. ")
            + "Check host and port.",
        cause.toString(),
        cause);
  }

  @Override
  public synchronized void close() {
    if (session != null) {
      session.close(true);
      session = null;
    }
    if (client != null) {
      client.stop();
      client = null;
    }
  }
}
