package io.millrace.protocol;

import io.millrace.spi.RejectedRow;
import io.millrace.spi.StreamName;

/** Counts the rows of one stream that the destination cannot hold, and tells of the first. */
final class RejectedRows {
  private static final int SHOWN_MAX = 100;

  private final StreamName stream;
  private final ProtocolMessages messages;
  private long shown;
  private long sinceState;

  RejectedRows(StreamName stream, ProtocolMessages messages) {
    this.stream = stream;
    this.messages = messages;
  }

  void add(RejectedRow row) {
    sinceState++;
    if (++shown <= SHOWN_MAX) {
      messages.log(
          "WARN",
          row.position()
              + " of stream "
              + stream.display()
              + " cannot be carried"
              + (row.column() == null ? "" : " (column " + row.column() + ")")
              + ": "
              + row.reason());
    }
  }

  /** Returns the rows refused since the last state was answered. */
  long sinceState() {
    return sinceState;
  }

  /** A state was answered. */
  void answered() {
    sinceState = 0;
  }
}
