package io.millrace.connectors.faker;

import io.millrace.spi.type.LogicalType;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.complex.StructVector;

/** Columns of structs. */
final class Structs {
  private Structs() {}

  /** Makes a column whose parts are these columns. */
  static Column column(String name, List<Column> parts) {
    List<LogicalType.Part> types = new ArrayList<>();
    int width = 0;
    for (Column part : parts) {
      types.add(new LogicalType.Part(part.name(), part.type()));
      width += part.bytes();
    }
    Filler filler = (vector, slice, stage) -> fill((StructVector) vector, parts, slice, stage);
    return new Column(name, new LogicalType.Struct(types), true, width, filler);
  }

  private static void fill(StructVector vector, List<Column> parts, Slice slice, Stage stage) {
    // Makes room for the struct's own bits; its parts make theirs.
    vector.setIndexDefined(slice.rows() - 1);
    Validity.setAll(vector, slice.rows());
    List<FieldVector> children = vector.getChildrenFromFields();
    for (int i = 0; i < parts.size(); i++) {
      parts.get(i).filler().fill(children.get(i), slice, stage);
    }
    vector.setValueCount(slice.rows());
  }
}
