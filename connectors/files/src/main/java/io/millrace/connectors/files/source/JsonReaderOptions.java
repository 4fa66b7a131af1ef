package io.millrace.connectors.files.source;

import io.millrace.connectors.files.source.fetch.Encodings;
import io.millrace.connectors.files.source.json.JsonFormat;
import java.nio.charset.Charset;
import java.util.Optional;
import java.util.Set;

/** Reads what reader options say about JSON. */
final class JsonReaderOptions {
  private JsonReaderOptions() {}

  static JsonFormat.Layout layout(ReaderOptions options, FileFormat format) {
    options.require("orient", Set.of("records"), "objects with a key per column are read.");
    options.require("compression", Set.of("infer", "null"), "it is recognised by content.");
    CsvReaderOptions.accept(options, "chunksize", "convert_dates", "precise_float", "engine");
    boolean lines = options.flag("lines").orElse(format == FileFormat.JSONL);
    return lines ? JsonFormat.Layout.LINES : JsonFormat.Layout.DOCUMENT;
  }

  static Optional<Charset> encoding(ReaderOptions options) {
    return options.text("encoding").map(Encodings::named);
  }
}
