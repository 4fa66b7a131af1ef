package io.millrace.connectors.files.source;

import io.millrace.spi.config.Choice;
import io.millrace.spi.config.Discriminator;
import io.millrace.spi.config.Field;
import io.millrace.spi.config.Secret;
import java.util.Optional;

/** Where files are. */
@Discriminator("storage")
public sealed interface Provider {
  /** This machine. */
  @Choice(value = "local", title = "Local file system", help = "Files on this machine.")
  record Local() implements Provider {}

  /** A web server. */
  @Choice(value = "HTTPS", title = "HTTPS: public web", help = "A file on a web server.")
  record Https(
      @Field(
              title = "User agent",
              help = "Sends a User-Agent header, which some servers demand.",
              orElse = "false")
          boolean userAgent,
      @Field(
              title = "CA certificate",
              help = "In PEM form, for a server whose certificate no public authority signed.",
              multiline = true,
              advanced = true)
          Optional<String> caCertificate)
      implements Provider {}

  /** Object storage. */
  @Choice(value = "S3", title = "S3", help = "Amazon S3, or any server that speaks its protocol.")
  record S3(
      @Field(
              title = "AWS access key ID",
              help = "Left out, the credentials of the environment are used.",
              aliases = "access_key_id")
          Optional<Secret> awsAccessKeyId,
      @Field(title = "AWS secret access key", aliases = "secret_access_key")
          Optional<Secret> awsSecretAccessKey,
      @Field(
              title = "Endpoint",
              help = "The server's URL, for servers other than Amazon's.",
              examples = "http://localhost:9000",
              aliases = "s3_endpoint")
          Optional<String> endpoint,
      @Field(title = "Region", examples = "eu-central-1", aliases = "s3_bucket_region")
          Optional<String> region)
      implements Provider {}

  /** A server that is reached by SSH. */
  @Choice(value = "SFTP", title = "SFTP", help = "Files on a server that is reached by SSH.")
  record Sftp(
      @Field(title = "User") String user,
      @Field(title = "Password") Optional<Secret> password,
      @Field(
              title = "Private key",
              help = "The key itself, in PEM or OpenSSH form.",
              multiline = true)
          Optional<Secret> privateKey,
      @Field(title = "Passphrase of the key", advanced = true) Optional<Secret> passphrase,
      @Field(title = "Host", help = "Left out, the URL tells it.") Optional<String> host,
      @Field(title = "Port", orElse = "22", min = 1, max = 65535) int port,
      @Field(
              title = "Host key fingerprint",
              help =
                  "The server's key, as ssh-keygen -l shows it. Left out, the key must agree with"
                      + " ~/.ssh/known_hosts where that file knows the host.",
              pattern = "SHA256:[A-Za-z0-9+/]{43}=?",
              examples = "SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU",
              advanced = true)
          Optional<String> hostKeyFingerprint)
      implements Provider {}
}
