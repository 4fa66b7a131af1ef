package io.millrace.connectors.files.format.parquet;

import java.util.Arrays;

/** The dictionary indexes of a page. */
final class Indexes {
  private int[] values = new int[64];
  private int size;

  int size() {
    return size;
  }

  int get(int at) {
    return values[at];
  }

  void reserve(int more) {
    if (size + more > values.length) {
      values = Arrays.copyOf(values, Math.max(size + more, values.length * 2));
    }
  }

  /** Adds an index; room was reserved. */
  void add(int index) {
    values[size++] = index;
  }

  void clear() {
    size = 0;
  }

  /** Returns the bytes the indexes take when packed. */
  int packedBytes(int dictionarySize) {
    return (int) ((long) size * RleEncoder.bitWidth(Math.max(0, dictionarySize - 1)) / Byte.SIZE);
  }

  /** Adds the indexes as a page has them: their width, then the indexes themselves. */
  void putTo(PageBytes out, int dictionarySize) {
    int width = RleEncoder.bitWidth(Math.max(0, dictionarySize - 1));
    out.putByte(width);
    RleEncoder.encode(out, values, size, width);
  }
}
