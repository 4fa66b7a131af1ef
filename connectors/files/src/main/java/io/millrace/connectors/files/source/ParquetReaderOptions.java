package io.millrace.connectors.files.source;

/** Reads what reader options say about Parquet: the types of columns, and nothing else. */
final class ParquetReaderOptions {
  private ParquetReaderOptions() {}

  static void read(ReaderOptions options) {
    CsvReaderOptions.accept(options, "engine", "memory_map");
  }
}
