package io.millrace.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.FieldVector;
import org.jspecify.annotations.Nullable;

/** Fills vectors side by side from JSON objects. For one thread. */
final class JsonObjectReader {
  private final JsonColumn[] columns;
  private final String[] names;
  private final boolean[] nullable;
  private final Map<String, Integer> places = new HashMap<>();
  private final boolean refuseUnknown;

  /** For each column the number of the object in which it was last seen. */
  private final long[] seenIn;

  private long objects;
  private @Nullable String current;

  JsonObjectReader(List<? extends FieldVector> vectors, JsonRowReader.UnknownKeys unknown) {
    int count = vectors.size();
    columns = new JsonColumn[count];
    names = new String[count];
    nullable = new boolean[count];
    seenIn = new long[count];
    refuseUnknown = unknown == JsonRowReader.UnknownKeys.REFUSE;
    for (int i = 0; i < count; i++) {
      columns[i] = JsonColumns.of(vectors.get(i));
      names[i] = vectors.get(i).getName();
      nullable[i] = vectors.get(i).getField().isNullable();
      places.put(names[i], i);
    }
  }

  /** Returns the member that was being read last, or null. */
  @Nullable String current() {
    return current;
  }

  /** Stores the object at whose beginning the parser stands, and leaves the parser at its end. */
  void read(JsonParser parser, int index) throws IOException, MisfitException {
    objects++;
    int expected = 0;
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      current = name;
      // Objects mostly name their members in the same order.
      int place = expected < names.length && names[expected].equals(name) ? expected : place(name);
      JsonToken token = parser.nextToken();
      if (place < 0) {
        skip(parser);
        continue;
      }
      expected = place + 1;
      if (seenIn[place] == objects) {
        throw new MisfitException("each key once in an object", name);
      }
      seenIn[place] = objects;
      if (token == JsonToken.VALUE_NULL) {
        setNull(place, index);
      } else {
        columns[place].read(parser, index);
      }
    }
    for (int i = 0; i < columns.length; i++) {
      if (seenIn[i] != objects) {
        current = names[i];
        setNull(i, index);
      }
    }
  }

  /** Leaves no value at the index, whatever was stored there. */
  void clear(int index) {
    for (JsonColumn column : columns) {
      column.setNull(index);
    }
  }

  private int place(String name) {
    return places.getOrDefault(name, -1);
  }

  private void setNull(int place, int index) throws MisfitException {
    if (!nullable[place]) {
      throw new MisfitException("a value in a column that has no nulls", "null");
    }
    columns[place].setNull(index);
  }

  private void skip(JsonParser parser) throws IOException, MisfitException {
    if (refuseUnknown) {
      throw JsonColumn.misfit("only keys that are columns of the stream", parser);
    }
    parser.skipChildren();
  }
}
