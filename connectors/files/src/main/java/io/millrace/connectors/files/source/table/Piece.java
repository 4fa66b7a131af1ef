package io.millrace.connectors.files.source.table;

import io.millrace.connectors.files.source.fetch.FileVersion;

/**
 * A part of one file that is read on its own.
 *
 * @param file the file as it was when the part was cut
 * @param start where the part begins
 * @param end the offset behind it, or {@link #TO_THE_END}
 * @param detail what else the format must know to read it, in a form of its own; may be empty
 */
public record Piece(FileVersion file, Position start, long end, String detail) {
  /** Up to the end of the file. */
  public static final long TO_THE_END = -1;
}
