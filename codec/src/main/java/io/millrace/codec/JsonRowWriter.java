package io.millrace.codec;

import io.millrace.spi.type.Fields;
import io.millrace.spi.type.LogicalType;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Writes rows as JSON objects, one line each, with every field in the schema's order and null for
 * what has no value. {@link JsonForm} says how values look. May be shared by threads; what {@link
 * #bind} returns belongs to one.
 */
public final class JsonRowWriter {
  private final int[] columns;
  private final List<byte[]> keys;
  private final boolean nullJsonLeftOut;

  private JsonRowWriter(int[] columns, List<byte[]> keys, boolean nullJsonLeftOut) {
    this.columns = columns;
    this.keys = keys;
    this.nullJsonLeftOut = nullJsonLeftOut;
  }

  /** Makes a writer of all fields of batches with this schema. */
  public static JsonRowWriter of(Schema schema) {
    return of(schema, schema.getFields().stream().map(Field::getName).toList());
  }

  /**
   * Makes a writer of some fields of batches with this schema, in the order given.
   *
   * @throws IllegalArgumentException when the schema has no such field
   */
  public static JsonRowWriter of(Schema schema, List<String> names) {
    List<String> all = schema.getFields().stream().map(Field::getName).toList();
    int[] columns = new int[names.size()];
    List<byte[]> keys = new ArrayList<>();
    for (int i = 0; i < columns.length; i++) {
      columns[i] = all.indexOf(names.get(i));
      if (columns[i] < 0) {
        throw new IllegalArgumentException("No field " + names.get(i) + " in " + all);
      }
      keys.add(JsonMembers.key(names.get(i), i == 0));
    }
    return new JsonRowWriter(columns, List.copyOf(keys), false);
  }

  /**
   * Returns a writer that leaves out fields of type JSON that have no value, so that they can be
   * told from those whose value is JSON's {@code null}.
   */
  public JsonRowWriter leavingOutNullJson() {
    return new JsonRowWriter(columns, keys, true);
  }

  /**
   * Takes up a batch of the schema, whose vectors must stay as they are while its rows are used.
   */
  public Rows bind(VectorSchemaRoot root) {
    List<FieldVector> vectors = new ArrayList<>(columns.length);
    boolean[] leftOut = new boolean[columns.length];
    for (int column : columns) {
      FieldVector vector = root.getVector(column);
      leftOut[vectors.size()] =
          nullJsonLeftOut && Fields.typeOf(vector.getField()) instanceof LogicalType.Json;
      vectors.add(vector);
    }
    return new Rows(new JsonMembers(keys, vectors, leftOut));
  }

  /** The rows of one batch. For one thread. */
  public static final class Rows {
    private final JsonMembers members;

    private Rows(JsonMembers members) {
      this.members = members;
    }

    /** Adds the row as one JSON object, without a line break at its end. */
    public void write(int row, ByteSink out) {
      members.write(row, out);
    }
  }
}
