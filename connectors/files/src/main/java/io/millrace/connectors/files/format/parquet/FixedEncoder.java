package io.millrace.connectors.files.format.parquet;

import io.millrace.spi.type.LogicalType;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.FieldVector;
import org.jspecify.annotations.Nullable;

/**
 * Stores floats, UUIDs and large decimals one after the other; decimals as big-endian two's
 * complement, as the format wants them.
 */
final class FixedEncoder extends ValueEncoder {
  private static final int DECIMAL_BYTES = 16;

  private final PageBytes page = new PageBytes();
  private final boolean decimal;
  private final int width;
  private final Range range;

  FixedEncoder(PhysicalType type, LogicalType logical) {
    decimal = logical instanceof LogicalType.Decimal;
    range =
        switch (logical) {
          case LogicalType.Real(int bits) -> new RealRange(bits == Double.SIZE);
          case LogicalType.Decimal ignored -> new DecimalRange(type.length());
          default -> new Range.None();
        };
    width =
        switch (type.kind()) {
          case FLOAT -> Float.BYTES;
          case DOUBLE -> Double.BYTES;
          default -> type.length();
        };
  }

  @Override
  int pieceEnd(FieldVector vector, int from, int to) {
    return Math.min(to, from + ColumnWriter.PIECE_VALUES);
  }

  @Override
  void add(FieldVector vector, int from, int to) {
    ArrowBuf data = vector.getDataBuffer();
    range.add(data, from, to);
    if (!decimal) {
      page.put(data, (long) from * width, (to - from) * width);
      return;
    }
    byte[] number = new byte[DECIMAL_BYTES];
    for (int i = from; i < to; i++) {
      data.getBytes((long) i * DECIMAL_BYTES, number);
      reverse(number);
      page.put(number, DECIMAL_BYTES - width, width);
    }
  }

  private static void reverse(byte[] number) {
    for (int i = 0; i < DECIMAL_BYTES / 2; i++) {
      byte low = number[i];
      number[i] = number[DECIMAL_BYTES - 1 - i];
      number[DECIMAL_BYTES - 1 - i] = low;
    }
  }

  @Override
  int pageBytes() {
    return page.size();
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
    return range.min();
  }

  @Override
  byte @Nullable [] max() {
    return range.max();
  }

  @Override
  void beginChunk() {
    range.clear();
  }
}
