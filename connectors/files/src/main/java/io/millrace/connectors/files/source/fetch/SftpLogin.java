package io.millrace.connectors.files.source.fetch;

import io.millrace.spi.config.Secret;
import java.util.Optional;

/**
 * How an SFTP server is reached.
 *
 * @param host its name or address
 * @param port its port
 * @param user the user
 * @param password the user's password, where it is used
 * @param privateKey the user's key in PEM or OpenSSH form, where it is used
 * @param passphrase unlocks the key
 * @param hostKeyFingerprint the server's key ({@code SHA256:...}); empty: what the user's
 *     known_hosts says, where it knows the server
 */
public record SftpLogin(
    String host,
    int port,
    String user,
    Optional<Secret> password,
    Optional<Secret> privateKey,
    Optional<Secret> passphrase,
    Optional<String> hostKeyFingerprint) {
  String place() {
    return host + ":" + port;
  }
}
