package io.millrace.connectors.files.format.parquet;

/** How pages are compressed; the numbers are those of the format's {@code CompressionCodec}. */
public enum Compression {
  /** Not at all. */
  UNCOMPRESSED(0),
  /** Fast and light: the usual choice. */
  SNAPPY(1),
  /** Smaller and slower; every reader knows it. */
  GZIP(2),
  /** Smaller than gzip in less time. */
  ZSTD(6);

  private final int code;

  Compression(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }
}
