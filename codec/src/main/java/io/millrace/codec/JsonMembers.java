package io.millrace.codec;

import java.util.List;
import org.apache.arrow.vector.FieldVector;

/** Vectors side by side as the members of JSON objects. */
final class JsonMembers {
  private static final byte[] NULL = {'n', 'u', 'l', 'l'};

  private final byte[][] keys;
  private final Cells[] cells;
  private final boolean[] leftOut;

  /** Makes members that are null where they have no value. */
  JsonMembers(List<byte[]> keys, List<FieldVector> vectors) {
    this(keys, vectors, new boolean[vectors.size()]);
  }

  /**
   * Makes members.
   *
   * @param leftOut which of them are left out where they have no value
   */
  JsonMembers(List<byte[]> keys, List<FieldVector> vectors, boolean[] leftOut) {
    this.leftOut = leftOut;
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
    int start = out.size();
    for (int i = 0; i < cells.length; i++) {
      boolean isNull = cells[i].isNull(row);
      if (isNull && leftOut[i]) {
        continue;
      }
      out.put(keys[i]);
      if (isNull) {
        out.put(NULL);
      } else {
        cells[i].write(row, out);
      }
    }
    if (out.size() == start) {
      out.put('{');
    }
    // The first member may be one that usually stands behind another.
    out.array()[start] = '{';
    out.put('}');
  }
}
