package io.millrace.connectors.files.source.csv;

/**
 * What a reader must know of a text beside the options, in two characters: the separator and the
 * end of records that were found out.
 */
final class CsvDetail {
  private static final int LENGTH = 2;

  private CsvDetail() {}

  static String write(Dialect dialect) {
    return String.valueOf(new char[] {(char) dialect.separator(), (char) dialect.newline()});
  }

  static Dialect read(String detail, CsvOptions options) {
    if (options.dialect().isPresent()) {
      return options.dialect().get();
    }
    if (detail.length() != LENGTH) {
      throw new IllegalArgumentException("Not written by this class: " + detail);
    }
    return new Dialect(
        (byte) detail.charAt(0),
        options.quote(),
        options.escape(),
        (byte) detail.charAt(1),
        Dialect.Empty.ROW);
  }
}
