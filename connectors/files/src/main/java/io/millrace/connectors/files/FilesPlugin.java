package io.millrace.connectors.files;

import io.millrace.connectors.files.destination.LocalFilesDestinationDefinition;
import io.millrace.connectors.files.destination.S3DestinationDefinition;
import io.millrace.connectors.files.source.FileSourceDefinition;
import io.millrace.spi.ConnectorDefinition;
import io.millrace.spi.ConnectorPlugin;
import java.util.List;

/** Offers the connectors that read and write files. */
public final class FilesPlugin implements ConnectorPlugin {
  @Override
  public List<ConnectorDefinition<?>> connectors() {
    return List.of(
        new FileSourceDefinition(),
        new LocalFilesDestinationDefinition(),
        new S3DestinationDefinition());
  }
}
