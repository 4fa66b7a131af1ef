package io.millrace.connectors.files.source;

import io.millrace.connectors.files.source.csv.CsvFormat;
import io.millrace.connectors.files.source.excel.ExcelTexts;
import io.millrace.connectors.files.source.fetch.Content;
import io.millrace.connectors.files.source.fetch.Spool;
import io.millrace.connectors.files.source.infer.Thoroughness;
import io.millrace.connectors.files.source.json.JsonFormat;
import io.millrace.connectors.files.source.parquet.ParquetFormat;
import io.millrace.connectors.files.source.table.TableFormat;
import io.millrace.spi.ConnectorContext;
import java.util.Locale;

/**
 * How the files of a configuration are read.
 *
 * @param format reads them
 * @param overrides the types that are set by hand
 */
record Formats(TableFormat format, TypeOverrides overrides) {
  /**
   * Chooses the format.
   *
   * @param name a file's name, which tells the format where the configuration does not
   * @throws io.millrace.spi.ConfigException when an option does not fit the format
   */
  static Formats of(
      FileConfig config, String name, Content content, Spool spool, ConnectorContext context) {
    FileFormat format = config.format().orElseGet(() -> FileFormat.of(name));
    ReaderOptions options = ReaderOptions.of(config.readerOptions());
    TypeOverrides overrides = TypeOverrides.read(options);
    Thoroughness thoroughness = config.inference().thoroughness();
    TableFormat table =
        switch (format) {
          case CSV, TSV ->
              new CsvFormat(content, CsvReaderOptions.read(options, format), context, thoroughness);
          case JSON, JSONL ->
              new JsonFormat(
                  content,
                  JsonReaderOptions.layout(options, format),
                  JsonReaderOptions.encoding(options),
                  context,
                  thoroughness);
          case EXCEL ->
              new CsvFormat(
                  new ExcelTexts(spool, ExcelReaderOptions.sheet(options), context.notices()),
                  ExcelReaderOptions.text(options),
                  context,
                  thoroughness);
          case PARQUET -> {
            ParquetReaderOptions.read(options);
            yield new ParquetFormat(spool, context, thoroughness);
          }
        };
    options.requireAllTaken(format.name().toLowerCase(Locale.ROOT));
    return new Formats(table, overrides);
  }
}
