package io.millrace.codec;

import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.FieldVector;

/** Values that JSON and the text form write in the same way. */
final class ScalarCells {
  private ScalarCells() {}

  /** Booleans as {@code true} and {@code false}. */
  static Cells bool(BitVector vector) {
    ArrowBuf data = vector.getDataBuffer();
    return new Cells(vector) {
      @Override
      public void write(int row, ByteSink out) {
        boolean set = ((data.getByte(row >> 3) >> (row & 7)) & 1) == 1;
        out.putAscii(set ? "true" : "false");
      }
    };
  }

  /** Whole numbers as digits. */
  static Cells whole(FieldVector vector, int bits) {
    ArrowBuf data = vector.getDataBuffer();
    return switch (bits) {
      case 8 ->
          new Cells(vector) {
            @Override
            public void write(int row, ByteSink out) {
              Digits.putLong(out, data.getByte(row));
            }
          };
      case 16 ->
          new Cells(vector) {
            @Override
            public void write(int row, ByteSink out) {
              Digits.putLong(out, data.getShort(row * 2L));
            }
          };
      case 32 ->
          new Cells(vector) {
            @Override
            public void write(int row, ByteSink out) {
              Digits.putLong(out, data.getInt(row * 4L));
            }
          };
      default ->
          new Cells(vector) {
            @Override
            public void write(int row, ByteSink out) {
              Digits.putLong(out, data.getLong(row * 8L));
            }
          };
    };
  }

  /** Bytes of variable length as they are. */
  static Cells raw(FieldVector vector) {
    ArrowBuf data = vector.getDataBuffer();
    ArrowBuf offsets = vector.getOffsetBuffer();
    return new Cells(vector) {
      @Override
      public void write(int row, ByteSink out) {
        int start = offsets.getInt(row * 4L);
        out.put(data, start, offsets.getInt(row * 4L + 4) - start);
      }
    };
  }
}
