package io.millrace.codec;

import io.millrace.spi.type.Fields;
import io.millrace.spi.type.LogicalType;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.complex.FixedSizeListVector;

/**
 * Values as text, by the rule that holds everywhere a value is kept as text: PostgreSQL's own
 * output in UTC with ISO dates.
 *
 * <p>{@code true}; plain digits; {@code 0.1}, {@code 1e+20}, {@code NaN}, {@code -Infinity}; {@code
 * 2025-10-16}, {@code 0044-03-15 BC}; {@code 24:00:00}; {@code 2025-10-16 12:00:00.5}, with {@code
 * +00} where it has a zone; {@code infinity}; {@code \x00ff}; JSON for lists and structs; {@code
 * [1,0.5]} for vectors. Text and JSON stay as they are. The source of the rule is PostgreSQL's
 * documentation, chapter "Data Types", and its output functions.
 */
public final class TextForm {
  private static final byte[] HEX = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
  };

  private TextForm() {}

  /** Returns the vector's values as text. */
  public static Cells cells(FieldVector vector) {
    return switch (Fields.typeOf(vector.getField())) {
      case LogicalType.Bool() -> ScalarCells.bool((BitVector) vector);
      case LogicalType.Int(int bits) -> ScalarCells.whole(vector, bits);
      case LogicalType.Real(int bits) -> bits == 32 ? real32(vector) : real64(vector);
      case LogicalType.Decimal ignored -> new DecimalCells((DecimalVector) vector, "NaN");
      case LogicalType.Date() -> date(vector);
      case LogicalType.Time() -> time(vector);
      case LogicalType.Timestamp() -> timestamp(vector, "");
      case LogicalType.TimestampTz() -> timestamp(vector, "+00");
      case LogicalType.Text(), LogicalType.Json() -> ScalarCells.raw(vector);
      case LogicalType.Binary() -> binary(vector);
      case LogicalType.Uuid() -> new UuidCells(vector);
      case LogicalType.ListOf ignored -> JsonForm.cells(vector);
      case LogicalType.Struct ignored -> JsonForm.cells(vector);
      case LogicalType.Vector ignored -> floats((FixedSizeListVector) vector);
    };
  }

  private static Cells real64(FieldVector vector) {
    ArrowBuf data = vector.getDataBuffer();
    return new Cells(vector) {
      @Override
      public void write(int row, ByteSink out) {
        double value = data.getDouble(row * 8L);
        if (Double.isFinite(value)) {
          Floats.putText(out, value);
        } else {
          out.putAscii(Double.toString(value));
        }
      }
    };
  }

  private static Cells real32(FieldVector vector) {
    ArrowBuf data = vector.getDataBuffer();
    return new Cells(vector) {
      @Override
      public void write(int row, ByteSink out) {
        putFloat(out, data.getFloat(row * 4L));
      }
    };
  }

  private static void putFloat(ByteSink out, float value) {
    if (Float.isFinite(value)) {
      Floats.putText(out, value);
    } else {
      out.putAscii(Float.toString(value));
    }
  }

  private static Cells date(FieldVector vector) {
    ArrowBuf data = vector.getDataBuffer();
    return new Cells(vector) {
      @Override
      public void write(int row, ByteSink out) {
        int days = data.getInt(row * 4L);
        if (Moments.infinite(days)) {
          Moments.putInfinity(out, days < 0);
        } else if (Moments.putDay(out, days)) {
          out.putAscii(" BC");
        }
      }
    };
  }

  private static Cells time(FieldVector vector) {
    ArrowBuf data = vector.getDataBuffer();
    return new Cells(vector) {
      @Override
      public void write(int row, ByteSink out) {
        Moments.putTimeShort(out, data.getLong(row * 8L));
      }
    };
  }

  private static Cells timestamp(FieldVector vector, String zone) {
    ArrowBuf data = vector.getDataBuffer();
    return new Cells(vector) {
      @Override
      public void write(int row, ByteSink out) {
        long micros = data.getLong(row * 8L);
        if (Moments.infinite(micros)) {
          Moments.putInfinity(out, micros < 0);
          return;
        }
        boolean beforeChrist = Moments.putDay(out, Math.floorDiv(micros, Moments.MICROS_PER_DAY));
        out.put(' ');
        Moments.putTimeShort(out, Math.floorMod(micros, Moments.MICROS_PER_DAY));
        out.putAscii(zone);
        if (beforeChrist) {
          out.putAscii(" BC");
        }
      }
    };
  }

  private static Cells binary(FieldVector vector) {
    ArrowBuf data = vector.getDataBuffer();
    ArrowBuf offsets = vector.getOffsetBuffer();
    return new Cells(vector) {
      @Override
      public void write(int row, ByteSink out) {
        int start = offsets.getInt(row * 4L);
        int end = offsets.getInt(row * 4L + 4);
        byte[] room = out.reserve(Math.addExact(2, Math.multiplyExact(2, end - start)));
        int at = out.size();
        room[at++] = '\\';
        room[at++] = 'x';
        for (int i = start; i < end; i++) {
          int value = data.getByte(i);
          room[at++] = HEX[(value >> 4) & 15];
          room[at++] = HEX[value & 15];
        }
        out.advance(at - out.size());
      }
    };
  }

  private static Cells floats(FixedSizeListVector vector) {
    ArrowBuf data = vector.getDataVector().getDataBuffer();
    int length = vector.getListSize();
    return new Cells(vector) {
      @Override
      public void write(int row, ByteSink out) {
        out.put('[');
        for (int i = 0; i < length; i++) {
          if (i > 0) {
            out.put(',');
          }
          putFloat(out, data.getFloat(((long) row * length + i) * 4));
        }
        out.put(']');
      }
    };
  }
}
