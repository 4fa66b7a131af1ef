package io.millrace.codec;

import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.FieldVector;

/** UUIDs as 36 characters in lower case, without quotes. */
final class UuidCells extends Cells {
  static final int CHARS = 36;
  static final int WIDTH_BYTES = 16;

  private static final String HEX = "0123456789abcdef";

  private final ArrowBuf data;

  UuidCells(FieldVector vector) {
    super(vector);
    data = vector.getDataBuffer();
  }

  @Override
  public void write(int row, ByteSink out) {
    byte[] room = out.reserve(CHARS);
    int at = out.size();
    long start = (long) row * WIDTH_BYTES;
    for (int i = 0; i < WIDTH_BYTES; i++) {
      if (i == 4 || i == 6 || i == 8 || i == 10) {
        room[at++] = '-';
      }
      int value = data.getByte(start + i);
      room[at++] = (byte) HEX.charAt((value >> 4) & 15);
      room[at++] = (byte) HEX.charAt(value & 15);
    }
    out.advance(CHARS);
  }
}
