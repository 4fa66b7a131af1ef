package io.millrace.codec;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import org.apache.arrow.vector.FieldVector;

/** Fills one vector from JSON values. For one thread. */
abstract class JsonColumn {
  private final FieldVector vector;

  JsonColumn(FieldVector vector) {
    this.vector = vector;
  }

  /**
   * Stores the value at which the parser stands, which is not null, and leaves the parser at its
   * last token.
   */
  abstract void read(JsonParser parser, int index) throws IOException, MisfitException;

  final void setNull(int index) {
    vector.setNull(index);
  }

  /** The failure for a value of another kind. */
  static MisfitException misfit(String expected, JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> new MisfitException(expected, "an object");
      case START_ARRAY -> new MisfitException(expected, "a list");
      default -> new MisfitException(expected, String.valueOf(parser.getText()));
    };
  }
}
