package io.millrace.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** Writes what a parser reads as JSON without spaces; numbers keep their very digits. */
final class JsonCopy {
  private JsonCopy() {}

  /** Adds the value at which the parser stands, and leaves the parser at its last token. */
  static void value(JsonParser parser, ByteSink out) throws IOException, MisfitException {
    int depth = 0;
    JsonToken token = parser.currentToken();
    boolean first = true;
    while (true) {
      if (!first && token != JsonToken.END_ARRAY && token != JsonToken.END_OBJECT) {
        out.put(',');
      }
      if (token == JsonToken.FIELD_NAME) {
        string(parser, out);
        out.put(':');
        token = parser.nextToken();
      }
      first = token == JsonToken.START_ARRAY || token == JsonToken.START_OBJECT;
      depth += one(parser, token, out);
      if (depth == 0) {
        return;
      }
      token = parser.nextToken();
    }
  }

  /** Adds one token and returns by how much it changes the depth. */
  private static int one(JsonParser parser, JsonToken token, ByteSink out)
      throws IOException, MisfitException {
    switch (token) {
      case START_OBJECT -> {
        out.put('{');
        return 1;
      }
      case START_ARRAY -> {
        out.put('[');
        return 1;
      }
      case END_OBJECT -> {
        out.put('}');
        return -1;
      }
      case END_ARRAY -> {
        out.put(']');
        return -1;
      }
      case VALUE_STRING -> string(parser, out);
      default -> text(parser, out);
    }
    return 0;
  }

  private static void string(JsonParser parser, ByteSink out) throws IOException, MisfitException {
    out.put('"');
    int from = out.size();
    text(parser, out);
    JsonText.escape(out, from);
    out.put('"');
  }

  private static void text(JsonParser parser, ByteSink out) throws IOException, MisfitException {
    Utf8.put(out, parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
  }
}
