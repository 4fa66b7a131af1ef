package io.millrace.protocol;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.protocol.ProtocolMessages.StreamStatus;
import io.millrace.spi.StreamName;
import org.jspecify.annotations.Nullable;

/** A message that a destination reads from stdin. */
sealed interface InputMessage {
  /**
   * A row.
   *
   * @param stream its stream
   * @param emittedAt when the source read it, in milliseconds since 1970
   * @param offset where its data begin in the line's array
   * @param length how many bytes they are
   */
  record Row(StreamName stream, long emittedAt, int offset, int length) implements InputMessage {}

  /**
   * A state.
   *
   * @param stream the stream it covers; null: all of them
   * @param message the whole message
   */
  record State(@Nullable StreamName stream, ObjectNode message) implements InputMessage {}

  /** What a stream does at its source. */
  record Status(StreamName stream, StreamStatus status) implements InputMessage {}

  /** Something a destination has nothing to do with. */
  record Other() implements InputMessage {}
}
