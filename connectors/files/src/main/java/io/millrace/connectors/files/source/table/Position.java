package io.millrace.connectors.files.source.table;

/**
 * A place in a file.
 *
 * @param offset the format's own count: bytes of text, or rows
 * @param line the line or row there, for people, counted from 1
 */
public record Position(long offset, long line) {
  /** The beginning of a file. */
  public static final Position START = new Position(0, 1);
}
