package io.millrace.connectors.files.destination;

import com.fasterxml.jackson.databind.ObjectMapper;

/** The one mapper of this package; records are written and read node by node. */
final class Json {
  static final ObjectMapper MAPPER = new ObjectMapper();

  private Json() {}
}
