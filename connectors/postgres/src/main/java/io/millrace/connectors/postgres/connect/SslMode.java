package io.millrace.connectors.postgres.connect;

import io.millrace.spi.config.Choice;
import io.millrace.spi.config.Discriminator;
import io.millrace.spi.config.Field;
import io.millrace.spi.config.Secret;
import java.util.Optional;

/** Whether and how the connection is encrypted. The names are libpq's. */
@Discriminator("mode")
public sealed interface SslMode {
  @Choice(value = "disable", title = "disable", help = "Never encrypts.")
  record Disable() implements SslMode {}

  @Choice(value = "allow", title = "allow", help = "Encrypts only when the server insists on it.")
  record Allow() implements SslMode {}

  @Choice(
      value = "prefer",
      title = "prefer",
      help = "Encrypts when the server can, and goes on without encryption when it cannot.")
  record Prefer() implements SslMode {}

  @Choice(
      value = "require",
      title = "require",
      help = "Always encrypts; does not check who the server is.")
  record Require() implements SslMode {}

  @Choice(
      value = "verify-ca",
      title = "verify-ca",
      help =
          "Always encrypts and checks that the server's certificate was issued by your authority.")
  record VerifyCa(
      @Field(
              title = "CA certificate",
              help = "The certificate of the authority, in PEM form.",
              multiline = true)
          Secret caCertificate,
      @Field(
              title = "Client certificate",
              help = "In PEM form, where the server asks for one.",
              multiline = true)
          Optional<Secret> clientCertificate,
      @Field(
              title = "Client key",
              help = "The private key of the client certificate, in PEM form.",
              multiline = true)
          Optional<Secret> clientKey,
      @Field(title = "Client key password", help = "Where the client key is encrypted.")
          Optional<Secret> clientKeyPassword)
      implements SslMode {}

  @Choice(
      value = "verify-full",
      title = "verify-full",
      help = "Like verify-ca, and the certificate must carry the host's name. The safest mode.")
  record VerifyFull(
      @Field(
              title = "CA certificate",
              help = "The certificate of the authority, in PEM form.",
              multiline = true)
          Secret caCertificate,
      @Field(
              title = "Client certificate",
              help = "In PEM form, where the server asks for one.",
              multiline = true)
          Optional<Secret> clientCertificate,
      @Field(
              title = "Client key",
              help = "The private key of the client certificate, in PEM form.",
              multiline = true)
          Optional<Secret> clientKey,
      @Field(title = "Client key password", help = "Where the client key is encrypted.")
          Optional<Secret> clientKeyPassword)
      implements SslMode {}

  /** Returns the mode's name in libpq and pgjdbc. */
  default String label() {
    return switch (this) {
      case Disable() -> "disable";
      case Allow() -> "allow";
      case Prefer() -> "prefer";
      case Require() -> "require";
      case VerifyCa ignored -> "verify-ca";
      case VerifyFull ignored -> "verify-full";
    };
  }
}
