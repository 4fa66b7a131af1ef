package io.millrace.connectors.files.source.csv;

import java.nio.charset.Charset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is said about a delimiter-separated text before it is looked at.
 *
 * @param separator stands between fields; empty: found out
 * @param quote see {@link Dialect}
 * @param escape see {@link Dialect}
 * @param encoding the encoding; empty: by the byte order mark, or UTF-8
 * @param skipLines lines at the beginning that are not looked at
 * @param header how many records stand before the header; empty: there is none
 * @param names the columns' names, in place of those in the header; empty: the header's
 * @param nullTexts what is null beside the empty field
 */
public record CsvOptions(
    Optional<Byte> separator,
    int quote,
    int escape,
    Optional<Charset> encoding,
    int skipLines,
    OptionalInt header,
    List<String> names,
    NullTexts nullTexts) {
  /** A header in the first line, everything else found out. */
  public static final CsvOptions COMMON =
      new CsvOptions(
          Optional.empty(),
          '"',
          Dialect.NONE,
          Optional.empty(),
          0,
          OptionalInt.of(0),
          List.of(),
          NullTexts.NONE);

  public CsvOptions {
    names = List.copyOf(names);
  }

  /** Returns these options with another separator. */
  public CsvOptions withSeparator(byte other) {
    return new CsvOptions(
        Optional.of(other), quote, escape, encoding, skipLines, header, names, nullTexts);
  }
}
