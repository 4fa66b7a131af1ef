package io.millrace.connectors.files.source.csv;

/**
 * How a delimiter-separated text is written.
 *
 * @param separator stands between fields
 * @param quote opens and closes a field that may hold separators, line breaks and doubled quotes;
 *     {@link #NONE} where no quotes are used
 * @param escape takes away the meaning of the byte behind it; {@link #NONE} where there is none
 * @param newline ends a record: line feed (a carriage return before it belongs to it) or, in files
 *     without any line feed, carriage return
 * @param emptyLine what an empty line is in a table of one column
 */
public record Dialect(byte separator, int quote, int escape, byte newline, Empty emptyLine) {
  /** What an empty line is in a table of one column. In wider tables it is never a row. */
  public enum Empty {
    /** A row whose value is null. */
    ROW,
    /** Nothing. */
    NOTHING
  }

  /** No such byte; equal to none. */
  public static final int NONE = Integer.MIN_VALUE;

  /** A line feed, the usual end of a record. */
  public static final byte LINE_FEED = '\n';

  /** A carriage return. */
  public static final byte CARRIAGE_RETURN = '\r';

  /** Comma, double quotes, no escape. */
  public static final Dialect COMMON = new Dialect((byte) ',', '"', NONE, LINE_FEED, Empty.ROW);

  /** Returns the dialect of a text whose lines are all that counts. */
  public static Dialect lines() {
    return new Dialect(LINE_FEED, NONE, NONE, LINE_FEED, Empty.NOTHING);
  }

  /** Returns this dialect with another separator. */
  public Dialect withSeparator(byte other) {
    return new Dialect(other, quote, escape, newline, emptyLine);
  }

  /** Returns this dialect with another end of records. */
  public Dialect withNewline(byte other) {
    return new Dialect(separator, quote, escape, other, emptyLine);
  }
}
