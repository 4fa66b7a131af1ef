package io.millrace.connectors.files.format.parquet;

/**
 * How a Parquet file is laid out.
 *
 * @param codec how pages are compressed
 * @param rowGroupBytes the size of a row group's pages, compressed, at which it ends
 * @param pageBytes the size of a page's values, uncompressed, at which it ends
 * @param dictionaryBytes the size of a column's dictionary within a row group at which the column
 *     goes on without one; 0 for no dictionaries at all
 */
public record ParquetOptions(
    Compression codec, long rowGroupBytes, int pageBytes, int dictionaryBytes) {
  /** What Airbyte's S3 destination uses unless told otherwise. */
  public static final ParquetOptions DEFAULT =
      new ParquetOptions(Compression.UNCOMPRESSED, 128L << 20, 1 << 20, 1 << 20);
}
