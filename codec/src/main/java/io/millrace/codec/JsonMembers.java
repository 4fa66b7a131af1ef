package io.millrace.codec;

import java.util.List;
import org.apache.arrow.vector.FieldVector;

/** Vectors side by side as the members of JSON objects. */
final class JsonMembers {
  private static final byte[] NULL = {'n', 'u', 'l', 'l'};

  private final byte[][] keys;
  private final Cells[] cells;

  JsonMembers(List<byte[]> keys, List<FieldVector> vectors) {
    this.keys = keys.toArray(new byte[0][]);
    this.cells = vectors.stream().map(JsonForm::cells).toArray(Cells[]::new);
  }

  /** Returns what stands before a member's value: its name, and what parts it from the last. */
  static byte[] key(String name, boolean first) {
    ByteSink key = new ByteSink(name.length() + 4);
    key.put(first ? '{' : ',');
    key.put(JsonText.quoted(name));
    key.put(':');
    return key.toBytes();
  }

  void write(int row, ByteSink out) {
    for (int i = 0; i < cells.length; i++) {
      out.put(keys[i]);
      if (cells[i].isNull(row)) {
        out.put(NULL);
      } else {
        cells[i].write(row, out);
      }
    }
    if (cells.length == 0) {
      out.put('{');
    }
    out.put('}');
  }
}
