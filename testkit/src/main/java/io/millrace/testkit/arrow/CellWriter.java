package io.millrace.testkit.arrow;

import io.millrace.spi.type.SpecialValues;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.FixedSizeBinaryVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.SmallIntVector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.TinyIntVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;
import org.jspecify.annotations.Nullable;

/** Puts one Java value into a vector, exactly or not at all. */
final class CellWriter {
  private static final int UUID_BYTES = 16;
  private static final int DECIMAL_BYTES = 16;
  private static final long DAY_MICROS = 86_400_000_000L;

  private CellWriter() {}

  static void write(FieldVector vector, int index, @Nullable Object value) {
    if (value == null) {
      vector.setNull(index);
      return;
    }
    switch (vector) {
      case BitVector bits -> bits.setSafe(index, (Boolean) value ? 1 : 0);
      case TinyIntVector ints -> ints.setSafe(index, whole(value, Byte.SIZE));
      case SmallIntVector ints -> ints.setSafe(index, whole(value, Short.SIZE));
      case IntVector ints -> ints.setSafe(index, whole(value, Integer.SIZE));
      case BigIntVector ints -> ints.setSafe(index, whole(value));
      case Float4Vector reals -> reals.setSafe(index, ((Number) value).floatValue());
      case Float8Vector reals -> reals.setSafe(index, ((Number) value).doubleValue());
      case DecimalVector decimals -> writeDecimal(decimals, index, value);
      case DateDayVector dates -> dates.setSafe(index, days(value));
      case TimeMicroVector times -> times.setSafe(index, timeMicros(value));
      case TimeStampVector stamps -> stamps.setSafe(index, stampMicros(value));
      case VarCharVector texts ->
          texts.setSafe(index, ((String) value).getBytes(StandardCharsets.UTF_8));
      case VarBinaryVector binaries -> binaries.setSafe(index, bytes(value));
      case FixedSizeBinaryVector uuids -> uuids.setSafe(index, uuidBytes((UUID) value));
      case ListVector lists -> writeList(lists, index, (List<?>) value);
      case FixedSizeListVector lists -> writeVector(lists, index, (List<?>) value);
      case StructVector structs -> writeStruct(structs, index, (Map<?, ?>) value);
      default -> throw new IllegalArgumentException("No such vector in the lattice: " + vector);
    }
  }

  private static long whole(Object value) {
    return switch (value) {
      case Long number -> number;
      case Integer number -> number;
      case Short number -> number;
      case Byte number -> number;
      default -> throw new IllegalArgumentException("Not an integer: " + value);
    };
  }

  private static int whole(Object value, int bits) {
    long number = whole(value);
    if (number >> (bits - 1) != number >> (Long.SIZE - 1)) {
      throw new ArithmeticException(number + " has more than " + bits + " bits");
    }
    return (int) number;
  }

  private static void writeDecimal(DecimalVector vector, int index, Object value) {
    if (value == Special.NAN) {
      vector.setSafe(index, 0L);
      long offset = (long) index * DECIMAL_BYTES;
      vector.getDataBuffer().setLong(offset, SpecialValues.DECIMAL_NAN_LOW);
      vector.getDataBuffer().setLong(offset + Long.BYTES, SpecialValues.DECIMAL_NAN_HIGH);
      return;
    }
    BigDecimal number = (BigDecimal) value;
    vector.setSafe(index, number.setScale(vector.getScale(), RoundingMode.UNNECESSARY));
  }

  private static int days(Object value) {
    return switch (value) {
      case Special.INFINITY -> SpecialValues.DATE_INFINITY;
      case Special.MINUS_INFINITY -> SpecialValues.DATE_MINUS_INFINITY;
      default -> Math.toIntExact(((LocalDate) value).toEpochDay());
    };
  }

  private static long timeMicros(Object value) {
    return value == Special.END_OF_DAY
        ? DAY_MICROS
        : ChronoUnit.MICROS.between(LocalTime.MIDNIGHT, (LocalTime) value);
  }

  private static long stampMicros(Object value) {
    return switch (value) {
      case Special.INFINITY -> SpecialValues.TIMESTAMP_INFINITY;
      case Special.MINUS_INFINITY -> SpecialValues.TIMESTAMP_MINUS_INFINITY;
      case Instant instant -> ChronoUnit.MICROS.between(Instant.EPOCH, instant);
      default ->
          ChronoUnit.MICROS.between(
              Instant.EPOCH, ((LocalDateTime) value).toInstant(ZoneOffset.UTC));
    };
  }

  private static byte[] bytes(Object value) {
    return value instanceof byte[] raw ? raw : ((Bytes) value).toArray();
  }

  private static byte[] uuidBytes(UUID uuid) {
    return ByteBuffer.allocate(UUID_BYTES)
        .putLong(uuid.getMostSignificantBits())
        .putLong(uuid.getLeastSignificantBits())
        .array();
  }

  private static void writeList(ListVector vector, int index, List<?> items) {
    int start = vector.startNewValue(index);
    for (int i = 0; i < items.size(); i++) {
      write(vector.getDataVector(), start + i, items.get(i));
    }
    vector.endValue(index, items.size());
  }

  private static void writeVector(FixedSizeListVector vector, int index, List<?> items) {
    if (items.size() != vector.getListSize()) {
      throw new IllegalArgumentException(
          "A vector of " + vector.getListSize() + " floats, not of " + items.size());
    }
    int start = vector.startNewValue(index);
    for (int i = 0; i < items.size(); i++) {
      write(vector.getDataVector(), start + i, items.get(i));
    }
  }

  private static void writeStruct(StructVector vector, int index, Map<?, ?> parts) {
    vector.setIndexDefined(index);
    for (FieldVector child : vector.getChildrenFromFields()) {
      write(child, index, parts.get(child.getName()));
    }
  }
}
