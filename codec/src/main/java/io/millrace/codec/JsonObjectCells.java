package io.millrace.codec;

import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.complex.StructVector;

/** Structs as JSON objects. */
final class JsonObjectCells extends Cells {
  private final JsonMembers members;

  JsonObjectCells(StructVector vector) {
    super(vector);
    List<FieldVector> parts = vector.getChildrenFromFields();
    List<byte[]> keys = new ArrayList<>();
    for (FieldVector part : parts) {
      keys.add(JsonMembers.key(part.getName(), keys.isEmpty()));
    }
    members = new JsonMembers(keys, parts);
  }

  @Override
  public void write(int row, ByteSink out) {
    members.write(row, out);
  }
}
