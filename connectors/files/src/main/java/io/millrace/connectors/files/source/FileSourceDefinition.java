package io.millrace.connectors.files.source;

import io.millrace.spi.ConnectorContext;
import io.millrace.spi.ConnectorInfo;
import io.millrace.spi.Source;
import io.millrace.spi.SourceDefinition;
import io.millrace.spi.StateCheck;
import io.millrace.spi.StreamState;
import io.millrace.spi.UriForm;
import java.util.UUID;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** {@code source-file}: tables in files, local or remote. */
public final class FileSourceDefinition implements SourceDefinition<FileConfig>, StateCheck {
  @Override
  public ConnectorInfo info() {
    return new ConnectorInfo(
        "source-file",
        UUID.fromString("778daa7c-feaf-4db6-96f3-70fd645acc77"),
        "File",
        "Reads CSV, TSV, JSON, JSON lines, Parquet and Excel files from local folders, HTTPS, S3"
            + " and SFTP.");
  }

  @Override
  public Class<FileConfig> configType() {
    return FileConfig.class;
  }

  @Override
  public UriForm uriForm() {
    return FileUri.FORM;
  }

  @Override
  public Source open(FileConfig config, ConnectorContext context) {
    return new FileSource(new FileSet(config, context));
  }

  @Override
  public @Nullable String wrongWith(StreamState state, Schema fields) {
    return FileHistory.canRead(state)
        ? null
        : "\"version\" "
            + FileTokens.VERSION
            + " and a \"token\" such as {\"files\": [{\"path\": \"a.csv\", \"size\": 12,"
            + " \"modified\": \"2025-10-16T12:00:00Z\", \"tag\": \"\"}]}";
  }
}
