package io.millrace.connectors.files.source.csv;

import java.nio.charset.Charset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is said about a delimiter-separated text before it is looked at.
 *
 * @param dialect all there is to know; empty: found out with what follows
 * @param separator stands between fields; empty: found out
 * @param quote see {@link Dialect}
 * @param escape see {@link Dialect}
 * @param encoding the encoding; empty: by the byte order mark, or UTF-8
 * @param skipLines lines at the beginning that are not looked at
 * @param header how many records stand before the header; empty: there is none
 * @param names the columns' names, in place of those in the header; empty: the header's
 * @param nullTexts what is null beside the empty field
 * @param quotes what quotes around a value tell of its type
 */
public record CsvOptions(
    Optional<Dialect> dialect,
    Optional<Byte> separator,
    int quote,
    int escape,
    Optional<Charset> encoding,
    int skipLines,
    OptionalInt header,
    List<String> names,
    NullTexts nullTexts,
    Quotes quotes) {
  /** What quotes around a value tell of its type. */
  public enum Quotes {
    /** Nothing. */
    MEAN_NOTHING,
    /** That it is text, whatever it looks like. */
    MEAN_TEXT
  }

  /** A header in the first line, everything else found out. */
  public static final CsvOptions COMMON =
      new CsvOptions(
          Optional.empty(),
          Optional.empty(),
          '"',
          Dialect.NONE,
          Optional.empty(),
          0,
          OptionalInt.of(0),
          List.of(),
          NullTexts.NONE,
          Quotes.MEAN_NOTHING);

  public CsvOptions {
    names = List.copyOf(names);
  }
}
