package io.millrace.connectors.files.destination;

import io.millrace.connectors.files.store.S3Settings;
import io.millrace.connectors.files.store.S3Store;
import io.millrace.spi.ConfigException;
import io.millrace.spi.ConnectorContext;
import io.millrace.spi.ConnectorInfo;
import io.millrace.spi.Destination;
import io.millrace.spi.DestinationDefinition;
import io.millrace.spi.UriForm;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Files in a bucket, under the name and id of Airbyte's connector. */
public final class S3DestinationDefinition implements DestinationDefinition<S3Config> {
  private static final ConnectorInfo INFO =
      new ConnectorInfo(
          "destination-s3",
          UUID.fromString("4816b78f-1489-44c1-9060-4b19d5fa9362"),
          "S3",
          "Writes streams as Parquet, JSON Lines or CSV objects into a bucket of Amazon S3 or of any"
              + " server that speaks its protocol.");

  @Override
  public ConnectorInfo info() {
    return INFO;
  }

  @Override
  public Class<S3Config> configType() {
    return S3Config.class;
  }

  @Override
  public UriForm uriForm() {
    return new UriForm(
        List.of(FileUris.S3),
        "s3://lake/raw?region=eu-central-1&format=parquet",
        FileUris::s3Config);
  }

  @Override
  public Destination open(S3Config config, ConnectorContext context) {
    if (config.s3BucketName().isBlank()) {
      throw new ConfigException("bucket_missing", "s3_bucket_name must not be empty.");
    }
    // Each alone, so that a mistake is told by its field's name.
    PathFormat.of("s3_bucket_path", config.s3BucketPath());
    PathFormat.of("s3_path_format", config.s3PathFormat());
    FileSettings settings =
        new FileSettings(
            PathFormat.of("s3_path_format", config.s3BucketPath() + "/" + config.s3PathFormat()),
            new FileNames(config.fileNamePattern()),
            config.format(),
            (long) config.fileSizeMb() << 20,
            config.metadataColumns());
    S3Settings server =
        new S3Settings(
            config.s3BucketName(),
            Optional.of(config.s3BucketRegion()),
            Optional.of(config.s3Endpoint()),
            config.accessKeyId(),
            config.secretAccessKey());
    return new FilesDestination(
        () -> new S3Store(server, "", config.partSizeMb() << 20), settings, context);
  }
}
