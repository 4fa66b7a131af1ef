package io.millrace.connectors.files.source;

import io.millrace.connectors.files.source.csv.CsvOptions;
import io.millrace.connectors.files.source.excel.ExcelTexts;
import io.millrace.connectors.files.source.excel.SheetChoice;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads what reader options say about Excel workbooks. */
final class ExcelReaderOptions {
  private ExcelReaderOptions() {}

  static SheetChoice sheet(ReaderOptions options) {
    CsvReaderOptions.accept(options, "engine", "parse_dates");
    Object sheet = options.value("sheet_name");
    boolean byIndex = sheet instanceof Integer;
    Optional<String> name = byIndex ? Optional.empty() : options.text("sheet_name");
    int index = byIndex ? options.count("sheet_name").orElse(0) : 0;
    OptionalInt header = CsvReaderOptions.header(options);
    return new SheetChoice(name, index, options.count("skiprows").orElse(0), header.orElse(0));
  }

  static CsvOptions text(ReaderOptions options) {
    return ExcelTexts.options(
        CsvReaderOptions.header(options).isPresent(),
        options.texts("names"),
        CsvReaderOptions.nullTexts(options));
  }
}
