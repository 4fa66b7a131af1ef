package io.millrace.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;

/** Lists, structs and vectors from JSON. */
final class JsonNested {
  private JsonNested() {}

  static JsonColumn list(ListVector vector) {
    JsonColumn items = JsonColumns.of(vector.getDataVector());
    return new JsonColumn(vector) {
      @Override
      void read(JsonParser parser, int index) throws IOException, MisfitException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
          throw misfit("a list", parser);
        }
        int start = vector.startNewValue(index);
        int length = 0;
        try {
          while (parser.nextToken() != JsonToken.END_ARRAY) {
            item(items, parser, start + length);
            length++;
          }
        } finally {
          // Also after a misfit, so that the offsets stay in order.
          vector.endValue(index, length);
        }
      }
    };
  }

  private static void item(JsonColumn items, JsonParser parser, int index)
      throws IOException, MisfitException {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      items.setNull(index);
    } else {
      items.read(parser, index);
    }
  }

  static JsonColumn vector(FixedSizeListVector vector) {
    JsonColumn items = JsonColumns.of(vector.getDataVector());
    int length = vector.getListSize();
    return new JsonColumn(vector) {
      @Override
      void read(JsonParser parser, int index) throws IOException, MisfitException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
          throw misfit("a list of " + length + " numbers", parser);
        }
        int start = vector.startNewValue(index);
        int i = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          if (i == length || parser.currentToken() == JsonToken.VALUE_NULL) {
            throw misfit("a list of " + length + " numbers", parser);
          }
          items.read(parser, start + i++);
        }
        if (i < length) {
          throw new MisfitException("a list of " + length + " numbers", i + " numbers");
        }
      }
    };
  }

  static JsonColumn struct(StructVector vector) {
    JsonObjectReader members =
        new JsonObjectReader(vector.getChildrenFromFields(), JsonRowReader.UnknownKeys.REFUSE);
    return new JsonColumn(vector) {
      @Override
      void read(JsonParser parser, int index) throws IOException, MisfitException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
          throw misfit("an object", parser);
        }
        vector.setIndexDefined(index);
        members.read(parser, index);
      }
    };
  }
}
