package io.millrace.connectors.files.source.fetch;

import io.millrace.spi.Notice;
import java.net.SocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.Collection;
import java.util.function.Consumer;
import org.apache.sshd.client.config.hosts.KnownHostEntry;
import org.apache.sshd.client.keyverifier.KnownHostsServerKeyVerifier;
import org.apache.sshd.client.keyverifier.ServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a server is the one that is meant: by the configured fingerprint; else by the
 * user's known_hosts, which is never written to; a server that neither knows is believed, and its
 * fingerprint told, so that it can be set.
 */
final class SftpHostKeys {
  private final SftpLogin login;
  private final Path knownHosts;
  private final Consumer<Notice> notices;

  SftpHostKeys(SftpLogin login, Path knownHosts, Consumer<Notice> notices) {
    this.login = login;
    this.knownHosts = knownHosts;
    this.notices = notices;
  }

  ServerKeyVerifier verifier() {
    if (login.hostKeyFingerprint().isPresent()) {
      return (session, address, key) -> agrees(fingerprint(key));
    }
    ServerKeyVerifier unknown = (session, address, key) -> believe(key);
    return Files.isReadable(knownHosts) ? new ReadOnlyKnownHosts(unknown, knownHosts) : unknown;
  }

  private boolean agrees(String fingerprint) {
    String wanted = login.hostKeyFingerprint().orElse("");
    return fingerprint.replaceFirst("=+$", "").equals(wanted.replaceFirst("=+$", ""));
  }

  private boolean believe(PublicKey key) {
    notices.accept(
        new Notice(
            "host_key_unchecked",
            null,
            "The SFTP server "
                + login.place()
                + " is not in known_hosts and no host_key_fingerprint is set, so its identity was"
                + " not checked. Its key is "
                + fingerprint(key)
                + "."));
    return true;
  }

  private static String fingerprint(PublicKey key) {
    return KeyUtils.getFingerPrint(key);
  }

  private static final class ReadOnlyKnownHosts extends KnownHostsServerKeyVerifier {
    ReadOnlyKnownHosts(ServerKeyVerifier unknown, Path file) {
      super(unknown, file);
    }

    @Override
    protected @Nullable KnownHostEntry updateKnownHostsFile(
        ClientSession session,
        SocketAddress address,
        PublicKey key,
        Path file,
        Collection<HostEntryPair> known) {
      return null;
    }
  }
}
