package io.millrace.connectors.files.format.parquet;

import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.FieldVector;
import org.jspecify.annotations.Nullable;

/** Stores booleans as single bits. */
final class BooleanEncoder extends ValueEncoder {
  private final PageBytes page = new PageBytes();
  private int held;
  private int bits;

  @Override
  int pieceEnd(FieldVector vector, int from, int to) {
    return Math.min(to, from + ColumnWriter.PIECE_VALUES);
  }

  @Override
  void add(FieldVector vector, int from, int to) {
    BitVector values = (BitVector) vector;
    for (int i = from; i < to; i++) {
      bits |= values.get(i) << held;
      if (++held == Byte.SIZE) {
        endByte();
      }
    }
  }

  private void endByte() {
    page.putByte(bits);
    bits = 0;
    held = 0;
  }

  @Override
  int pageBytes() {
    return page.size() + (held > 0 ? 1 : 0);
  }

  @Override
  int dictionaryBytes() {
    return 0;
  }

  @Override
  int encoding() {
    return PLAIN;
  }

  @Override
  void endPage(PageBytes out) {
    if (held > 0) {
      endByte();
    }
    out.put(page.array(), 0, page.size());
    page.clear();
  }

  @Override
  int dictionarySize() {
    return 0;
  }

  @Override
  void putDictionary(PageBytes out) {}

  @Override
  byte @Nullable [] min() {
    return null;
  }

  @Override
  byte @Nullable [] max() {
    return null;
  }

  @Override
  void beginChunk() {}
}
