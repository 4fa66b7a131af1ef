package io.millrace.connectors.files.format;

import io.millrace.connectors.files.format.parquet.Compression;
import io.millrace.spi.config.Choice;
import io.millrace.spi.config.Discriminator;
import io.millrace.spi.config.Field;

/** How rows become files. Names and values are those of Airbyte's S3 destination. */
@Discriminator("format_type")
public sealed interface OutputFormat {
  /** Columns, compressed: for analysis. */
  @Choice(value = "Parquet", title = "Parquet: columnar storage")
  record Parquet(
      @Field(
              title = "Compression codec",
              help = "How pages are compressed.",
              orElse = "UNCOMPRESSED")
          Codec compressionCodec,
      @Field(
              title = "Block size (row group size) (MB)",
              help =
                  "The size of a row group, which is held in memory until it is complete. Several"
                      + " files being written share the memory, so row groups may be smaller.",
              orElse = "128",
              min = 1,
              max = 1024)
          int blockSizeMb,
      @Field(
              title = "Max padding size (MB)",
              help = "Is accepted for existing configurations; files are never padded.",
              orElse = "8",
              min = 0,
              advanced = true)
          int maxPaddingSizeMb,
      @Field(
              title = "Page size (KB)",
              help = "The size of a page, before compression: what a reader must read at once.",
              orElse = "1024",
              min = 8,
              max = 65_536)
          int pageSizeKb,
      @Field(
              title = "Dictionary page size (KB)",
              help = "A column whose dictionary grows larger goes on without one.",
              orElse = "1024",
              min = 1,
              max = 65_536)
          int dictionaryPageSizeKb,
      @Field(
              title = "Dictionary encoding",
              help = "Store repeated values once per row group.",
              orElse = "true")
          boolean dictionaryEncoding)
      implements OutputFormat {}

  /** One JSON object per line. */
  @Choice(value = "JSONL", title = "JSON Lines: newline-delimited JSON")
  record Jsonl(
      @Field(
              title = "Flattening",
              help =
                  "Whether fields stand at the root of each object, or all within _airbyte_data"
                      + " beside the metadata columns.",
              orElse = "Root level flattening")
          Flattening flattening,
      @Field(title = "Compression", help = "GZIP adds .gz to the names.", orElse = "No Compression")
          TextCompression compression)
      implements OutputFormat {}

  /** Comma-separated values with a header. */
  @Choice(value = "CSV", title = "CSV: comma-separated values")
  record Csv(
      @Field(
              title = "Flattening",
              help =
                  "Whether each field has a column, or all stand as one JSON object in _airbyte_data"
                      + " beside the metadata columns.",
              orElse = "Root level flattening")
          Flattening flattening,
      @Field(title = "Compression", help = "GZIP adds .gz to the names.", orElse = "No Compression")
          TextCompression compression)
      implements OutputFormat {}

  /** How Parquet pages are compressed. */
  enum Codec {
    @Choice(value = "UNCOMPRESSED", title = "None")
    UNCOMPRESSED(Compression.UNCOMPRESSED),
    @Choice(value = "SNAPPY", title = "Snappy", help = "Fast and light: the usual choice.")
    SNAPPY(Compression.SNAPPY),
    @Choice(value = "GZIP", title = "GZIP", help = "Smaller and slower; every reader knows it.")
    GZIP(Compression.GZIP),
    @Choice(value = "ZSTD", title = "Zstandard", help = "Smaller than GZIP in less time.")
    ZSTD(Compression.ZSTD);

    private final Compression compression;

    Codec(Compression compression) {
      this.compression = compression;
    }

    Compression compression() {
      return compression;
    }
  }

  /** Where the fields of the source stand. */
  enum Flattening {
    @Choice(value = "No flattening", title = "No flattening")
    NONE,
    @Choice(value = "Root level flattening", title = "Root level flattening")
    ROOT
  }

  /** How text is compressed. */
  @Discriminator("compression_type")
  sealed interface TextCompression {
    /** Not at all. */
    @Choice(value = "No Compression", title = "No compression")
    record None() implements TextCompression {}

    /** With gzip. */
    @Choice(value = "GZIP", title = "GZIP")
    record Gzip() implements TextCompression {}
  }
}
