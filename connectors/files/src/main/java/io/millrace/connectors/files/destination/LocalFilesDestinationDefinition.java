package io.millrace.connectors.files.destination;

import io.millrace.connectors.files.store.LocalStore;
import io.millrace.spi.ConfigException;
import io.millrace.spi.ConnectorContext;
import io.millrace.spi.ConnectorInfo;
import io.millrace.spi.Destination;
import io.millrace.spi.DestinationDefinition;
import io.millrace.spi.UriForm;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/** Files in a folder of this machine. Airbyte has no such connector; name and id are our own. */
public final class LocalFilesDestinationDefinition
    implements DestinationDefinition<LocalFilesConfig> {
  private static final ConnectorInfo INFO =
      new ConnectorInfo(
          "destination-local-files",
          UUID.fromString("bf4a730f-27c3-406c-a75c-cb451a43da79"),
          "Local files",
          "Writes streams as Parquet, JSON Lines or CSV files into a folder of this machine.");

  @Override
  public ConnectorInfo info() {
    return INFO;
  }

  @Override
  public Class<LocalFilesConfig> configType() {
    return LocalFilesConfig.class;
  }

  @Override
  public UriForm uriForm() {
    return new UriForm(List.of(FileUris.FILE), "file:lake?format=parquet", FileUris::localConfig);
  }

  @Override
  public Destination open(LocalFilesConfig config, ConnectorContext context) {
    if (config.destinationPath().isBlank()) {
      throw new ConfigException("path_missing", "destination_path must not be empty.");
    }
    Path folder = context.resolve(config.destinationPath());
    FileSettings settings =
        new FileSettings(
            PathFormat.of("path_format", config.pathFormat()),
            new FileNames(config.fileNamePattern()),
            config.format(),
            (long) config.fileSizeMb() << 20,
            config.metadataColumns());
    return new FilesDestination(() -> new LocalStore(folder, context.paths()), settings, context);
  }
}
