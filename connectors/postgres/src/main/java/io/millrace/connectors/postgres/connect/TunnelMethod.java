package io.millrace.connectors.postgres.connect;

import io.millrace.spi.config.Choice;
import io.millrace.spi.config.Discriminator;
import io.millrace.spi.config.Field;
import io.millrace.spi.config.Secret;

/** Whether the server is reached through an SSH server, and how that one is logged in to. */
@Discriminator("tunnel_method")
public sealed interface TunnelMethod {
  @Choice(value = "NO_TUNNEL", title = "No tunnel", help = "Connects directly.")
  record NoTunnel() implements TunnelMethod {}

  @Choice(
      value = "SSH_KEY_AUTH",
      title = "SSH key",
      help = "Connects through an SSH server, with a private key.")
  record SshKeyAuth(
      @Field(title = "SSH host", help = "Name or address of the SSH server.") String tunnelHost,
      @Field(title = "SSH port", orElse = "22", min = 1, max = 65_535) int tunnelPort,
      @Field(title = "SSH user") String tunnelUser,
      @Field(
              title = "SSH private key",
              help = "In OpenSSH or PEM form, without a passphrase.",
              multiline = true)
          Secret sshKey)
      implements TunnelMethod {}

  @Choice(
      value = "SSH_PASSWORD_AUTH",
      title = "SSH password",
      help = "Connects through an SSH server, with a password.")
  record SshPasswordAuth(
      @Field(title = "SSH host", help = "Name or address of the SSH server.") String tunnelHost,
      @Field(title = "SSH port", orElse = "22", min = 1, max = 65_535) int tunnelPort,
      @Field(title = "SSH user") String tunnelUser,
      @Field(title = "SSH password") Secret tunnelUserPassword)
      implements TunnelMethod {}
}
