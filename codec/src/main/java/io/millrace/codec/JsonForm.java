package io.millrace.codec;

import io.millrace.spi.type.Fields;
import io.millrace.spi.type.LogicalType;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;

/**
 * Values as JSON on one line.
 *
 * <p>Numbers are JSON numbers, decimals with every digit; {@code "NaN"}, {@code "Infinity"} and
 * {@code "-Infinity"} are text, as JSON has no numbers for them. Dates are {@code "2025-10-16"},
 * timestamps {@code "2025-10-16T12:00:00.123456"}, with {@code Z} where they have a zone; those
 * before year 1 or infinite have their {@link TextForm}. Bytes are the text {@code \x00ff}, as
 * everywhere. JSON columns are embedded as they are, line breaks between their parts excepted.
 */
public final class JsonForm {
  private JsonForm() {}

  /** Returns the vector's values as JSON. */
  public static Cells cells(FieldVector vector) {
    return switch (Fields.typeOf(vector.getField())) {
      case LogicalType.Bool() -> ScalarCells.bool((BitVector) vector);
      case LogicalType.Int(int bits) -> ScalarCells.whole(vector, bits);
      case LogicalType.Real(int bits) -> bits == 32 ? real32(vector) : real64(vector);
      case LogicalType.Decimal ignored -> new DecimalCells((DecimalVector) vector, "\"NaN\"");
      case LogicalType.Date() -> quoted(TextForm.cells(vector), vector);
      case LogicalType.Time() -> time(vector);
      case LogicalType.Timestamp() -> timestamp(vector, "");
      case LogicalType.TimestampTz() -> timestamp(vector, "Z");
      case LogicalType.Text() -> text(vector);
      case LogicalType.Binary() -> binary(vector);
      case LogicalType.Json() -> json(vector);
      case LogicalType.Uuid() -> quoted(new UuidCells(vector), vector);
      case LogicalType.ListOf ignored -> new JsonListCells((ListVector) vector);
      case LogicalType.Struct ignored -> new JsonObjectCells((StructVector) vector);
      case LogicalType.Vector ignored -> new JsonListCells((FixedSizeListVector) vector);
    };
  }

  private static Cells quoted(Cells cells, FieldVector vector) {
    return new Cells(vector) {
      @Override
      public void write(int row, ByteSink out) {
        out.put('"');
        cells.write(row, out);
        out.put('"');
      }
    };
  }

  private static Cells real64(FieldVector vector) {
    ArrowBuf data = vector.getDataBuffer();
    return new Cells(vector) {
      @Override
      public void write(int row, ByteSink out) {
        double value = data.getDouble(row * 8L);
        put(out, Double.toString(value), Double.isFinite(value));
      }
    };
  }

  private static Cells real32(FieldVector vector) {
    ArrowBuf data = vector.getDataBuffer();
    return new Cells(vector) {
      @Override
      public void write(int row, ByteSink out) {
        float value = data.getFloat(row * 4L);
        put(out, Float.toString(value), Float.isFinite(value));
      }
    };
  }

  private static void put(ByteSink out, String number, boolean finite) {
    if (finite) {
      out.putAscii(number);
    } else {
      out.put('"');
      out.putAscii(number);
      out.put('"');
    }
  }

  private static Cells time(FieldVector vector) {
    ArrowBuf data = vector.getDataBuffer();
    return new Cells(vector) {
      @Override
      public void write(int row, ByteSink out) {
        out.put('"');
        Moments.putTimeFull(out, data.getLong(row * 8L));
        out.put('"');
      }
    };
  }

  private static Cells timestamp(FieldVector vector, String zone) {
    ArrowBuf data = vector.getDataBuffer();
    Cells text = TextForm.cells(vector);
    return new Cells(vector) {
      @Override
      public void write(int row, ByteSink out) {
        int start = out.size();
        out.put('"');
        long micros = data.getLong(row * 8L);
        boolean plain = !Moments.infinite(micros);
        if (plain && !Moments.putDay(out, Math.floorDiv(micros, Moments.MICROS_PER_DAY))) {
          out.put('T');
          Moments.putTimeFull(out, Math.floorMod(micros, Moments.MICROS_PER_DAY));
          out.putAscii(zone);
        } else {
          out.truncate(start + 1);
          text.write(row, out);
        }
        out.put('"');
      }
    };
  }

  private static Cells text(FieldVector vector) {
    ArrowBuf data = vector.getDataBuffer();
    ArrowBuf offsets = vector.getOffsetBuffer();
    return new Cells(vector) {
      @Override
      public void write(int row, ByteSink out) {
        int start = offsets.getInt(row * 4L);
        out.put('"');
        int from = out.size();
        out.put(data, start, offsets.getInt(row * 4L + 4) - start);
        JsonText.escape(out, from);
        out.put('"');
      }
    };
  }

  private static Cells json(FieldVector vector) {
    Cells raw = ScalarCells.raw(vector);
    return new Cells(vector) {
      @Override
      public void write(int row, ByteSink out) {
        int from = out.size();
        raw.write(row, out);
        JsonText.joinLines(out, from);
      }
    };
  }

  private static Cells binary(FieldVector vector) {
    Cells hex = TextForm.cells(vector);
    return new Cells(vector) {
      @Override
      public void write(int row, ByteSink out) {
        // The backslash with which bytes begin is escaped by a second one.
        out.putAscii("\"\\");
        hex.write(row, out);
        out.put('"');
      }
    };
  }
}
