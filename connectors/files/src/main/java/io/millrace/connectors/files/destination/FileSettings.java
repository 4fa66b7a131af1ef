package io.millrace.connectors.files.destination;

import io.millrace.connectors.files.format.Formats;
import io.millrace.connectors.files.format.OutputFormat;
import io.millrace.spi.MetadataColumns;

/**
 * How files are named and written.
 *
 * @param path where a stream's files go
 * @param names how files are named
 * @param format how rows are written
 * @param fileBytesTarget the size at which a file ends
 * @param metadataColumns which of Airbyte's columns are added
 */
record FileSettings(
    PathFormat path,
    FileNames names,
    OutputFormat format,
    long fileBytesTarget,
    MetadataColumns metadataColumns) {
  String extension() {
    return Formats.extension(format);
  }
}
