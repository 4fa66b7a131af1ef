package io.millrace.connectors.files.source;

import io.millrace.connectors.files.source.csv.CsvOptions;
import io.millrace.connectors.files.source.csv.Dialect;
import io.millrace.connectors.files.source.csv.NullTexts;
import io.millrace.connectors.files.source.fetch.Encodings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Reads what reader options say about delimiter-separated text. */
final class CsvReaderOptions {
  /** What pandas takes for null when it is told to keep its defaults. */
  private static final List<String> PANDAS_NULLS =
      List.of(
          "#N/A",
          "#N/A N/A",
          "#NA",
          "-1.#IND",
          "-1.#QNAN",
          "-NaN",
          "-nan",
          "1.#IND",
          "1.#QNAN",
          "<NA>",
          "N/A",
          "NA",
          "NULL",
          "NaN",
          "None",
          "n/a",
          "nan",
          "null");

  private static final String QUOTE_NONE = "3";

  private CsvReaderOptions() {}

  static CsvOptions read(ReaderOptions options, FileFormat format) {
    Optional<Byte> separator = options.character("sep").or(() -> options.character("delimiter"));
    if (separator.isEmpty() && format == FileFormat.TSV) {
      separator = Optional.of((byte) '\t');
    }
    int quote = quote(options);
    int escape = options.character("escapechar").map(Byte::intValue).orElse(Dialect.NONE);
    options.require("doublequote", Set.of("true"), "set escapechar instead.");
    options.require("skip_blank_lines", Set.of("true"), "empty lines are no rows.");
    options.require("compression", Set.of("infer", "null"), "it is recognised by content.");
    accept(options, "engine", "low_memory", "parse_dates", "infer_datetime_format", "memory_map");
    return new CsvOptions(
        Optional.empty(),
        separator,
        quote,
        escape == quote ? Dialect.NONE : escape,
        options.text("encoding").map(Encodings::named),
        options.count("skiprows").orElse(0),
        header(options),
        options.texts("names"),
        nullTexts(options),
        quotes(options));
  }

  /** Options that choose between ways to the same result. */
  static void accept(ReaderOptions options, String... names) {
    for (String name : names) {
      options.has(name);
    }
  }

  private static int quote(ReaderOptions options) {
    options.require(
        "quoting", Set.of("0", "1", "2", QUOTE_NONE), "0 (quotes) and 3 (no quotes) are known.");
    boolean none = QUOTE_NONE.equals(String.valueOf(options.value("quoting")));
    boolean absent = options.has("quotechar") && options.value("quotechar") == null;
    if (none || absent) {
      return Dialect.NONE;
    }
    return options.character("quotechar").map(Byte::intValue).orElse((int) '"');
  }

  /** As in pandas, 2 says that everything but numbers is in quotes. */
  private static CsvOptions.Quotes quotes(ReaderOptions options) {
    return "2".equals(String.valueOf(options.value("quoting")))
        ? CsvOptions.Quotes.MEAN_TEXT
        : CsvOptions.Quotes.MEAN_NOTHING;
  }

  /** As in pandas: names without a header mean that the file has none. */
  static OptionalInt header(ReaderOptions options) {
    boolean infer = !options.has("header") || "infer".equals(options.value("header"));
    if (infer) {
      return options.has("names") ? OptionalInt.empty() : OptionalInt.of(0);
    }
    boolean none = options.value("header") == null || "none".equals(options.value("header"));
    return none ? OptionalInt.empty() : OptionalInt.of(options.count("header").orElse(0));
  }

  static NullTexts nullTexts(ReaderOptions options) {
    List<String> texts = new ArrayList<>(options.texts("na_values"));
    if (options.flag("keep_default_na").orElse(false)) {
      texts.addAll(PANDAS_NULLS);
    }
    return new NullTexts(texts);
  }
}
