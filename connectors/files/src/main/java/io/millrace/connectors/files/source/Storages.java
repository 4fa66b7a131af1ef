package io.millrace.connectors.files.source;

import io.millrace.connectors.files.source.fetch.FileStorage;
import io.millrace.connectors.files.source.fetch.HttpStorage;
import io.millrace.connectors.files.source.fetch.HttpTrust;
import io.millrace.connectors.files.source.fetch.LocalStorage;
import io.millrace.connectors.files.source.fetch.S3Storage;
import io.millrace.connectors.files.source.fetch.SftpLogin;
import io.millrace.connectors.files.source.fetch.SftpStorage;
import io.millrace.connectors.files.store.S3Settings;
import io.millrace.spi.ConfigException;
import io.millrace.spi.ConnectorContext;
import java.nio.file.Path;
import java.util.Optional;

/** Opens the storage that a location names. */
final class Storages {
  private Storages() {}

  /**
   * @param pattern the location's path, absolute where it is local
   */
  static FileStorage open(Location location, String pattern, ConnectorContext context) {
    return switch (location.provider()) {
      case Provider.Local() -> new LocalStorage(Path.of(pattern), context.paths());
      case Provider.Https(boolean userAgent, Optional<String> ca) ->
          new HttpStorage(pattern, HttpTrust.of(ca), userAgent);
      case Provider.S3 s3 -> s3(s3, pattern);
      case Provider.Sftp sftp -> sftp(sftp, pattern, context);
    };
  }

  private static FileStorage s3(Provider.S3 s3, String path) {
    int slash = path.indexOf('/');
    if (slash <= 0 || slash == path.length() - 1) {
      throw new ConfigException(
          "url_invalid",
          "The url names no object: s3://bucket/key is expected, or a pattern of keys.");
    }
    S3Settings settings =
        new S3Settings(
            path.substring(0, slash),
            s3.region(),
            s3.endpoint(),
            s3.awsAccessKeyId(),
            s3.awsSecretAccessKey());
    return new S3Storage(settings, path.substring(slash + 1));
  }

  private static FileStorage sftp(Provider.Sftp sftp, String path, ConnectorContext context) {
    String host =
        sftp.host()
            .filter(text -> !text.isBlank())
            .orElseThrow(
                () ->
                    new ConfigException(
                        "host_missing", "No SFTP server is named: set host in the provider."));
    SftpLogin login =
        new SftpLogin(
            host,
            sftp.port(),
            sftp.user(),
            sftp.password(),
            sftp.privateKey(),
            sftp.passphrase(),
            sftp.hostKeyFingerprint());
    return new SftpStorage(login, path, context.notices());
  }
}
