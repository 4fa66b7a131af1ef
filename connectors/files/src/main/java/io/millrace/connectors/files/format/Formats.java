package io.millrace.connectors.files.format;

import io.millrace.codec.limit.ValueLimits;
import io.millrace.connectors.files.format.OutputFormat.TextCompression;
import io.millrace.connectors.files.format.parquet.ParquetOptions;
import io.millrace.spi.MetadataColumns;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** What a configured format means. */
public final class Formats {
  private static final ValueLimits PARQUET_LIMITS =
      new ValueLimits("Parquet", false, false, -Long.MAX_VALUE + 1, Long.MAX_VALUE - 1);

  private Formats() {}

  /** Returns the end of a file's name, with its dots. */
  public static String extension(OutputFormat format) {
    return switch (format) {
      case OutputFormat.Parquet ignored -> ".parquet";
      case OutputFormat.Jsonl jsonl -> ".jsonl" + suffix(jsonl.compression());
      case OutputFormat.Csv csv -> ".csv" + suffix(csv.compression());
    };
  }

  private static String suffix(TextCompression compression) {
    return switch (compression) {
      case TextCompression.None() -> "";
      case TextCompression.Gzip() -> ".gz";
    };
  }

  /** Returns what the format can hold, or null where it holds every value. */
  public static @Nullable ValueLimits limits(OutputFormat format) {
    return format instanceof OutputFormat.Parquet ? PARQUET_LIMITS : null;
  }

  /**
   * Begins a file of rows of this schema; the caller closes the stream.
   *
   * @param added which columns of the schema are Airbyte's, and not the source's own
   */
  public static FormatWriter open(
      OutputFormat format, OutputStream out, Schema schema, MetadataColumns added)
      throws IOException {
    return switch (format) {
      case OutputFormat.Parquet parquet -> new ParquetWriter(out, schema, options(parquet));
      case OutputFormat.Jsonl jsonl ->
          new TextWriter(
              out, JsonlRows.of(schema, jsonl.flattening(), added), gzip(jsonl.compression()));
      case OutputFormat.Csv csv ->
          new TextWriter(out, CsvRows.of(schema, csv.flattening(), added), gzip(csv.compression()));
    };
  }

  private static boolean gzip(TextCompression compression) {
    return compression instanceof TextCompression.Gzip;
  }

  private static ParquetOptions options(OutputFormat.Parquet parquet) {
    return new ParquetOptions(
        parquet.compressionCodec().compression(),
        (long) parquet.blockSizeMb() << 20,
        parquet.pageSizeKb() << 10,
        parquet.dictionaryEncoding() ? parquet.dictionaryPageSizeKb() << 10 : 0);
  }
}
