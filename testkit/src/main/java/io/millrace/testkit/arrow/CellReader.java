package io.millrace.testkit.arrow;

import io.millrace.spi.type.SpecialValues;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
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
import org.apache.arrow.vector.TimeStampMicroTZVector;
import org.apache.arrow.vector.TimeStampMicroVector;
import org.apache.arrow.vector.TinyIntVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;
import org.jspecify.annotations.Nullable;

/** Takes one value out of a vector as the Java value that {@link Row} lists for its type. */
final class CellReader {
  private static final int DECIMAL_BYTES = 16;
  private static final long DAY_MICROS = 86_400_000_000L;
  private static final long MICRO_NANOS = 1_000;

  private CellReader() {}

  static @Nullable Object read(FieldVector vector, int index) {
    if (vector.isNull(index)) {
      return null;
    }
    return switch (vector) {
      case BitVector bits -> bits.get(index) != 0;
      case TinyIntVector ints -> (long) ints.get(index);
      case SmallIntVector ints -> (long) ints.get(index);
      case IntVector ints -> (long) ints.get(index);
      case BigIntVector ints -> ints.get(index);
      case Float4Vector reals -> reals.get(index);
      case Float8Vector reals -> reals.get(index);
      case DecimalVector decimals -> decimal(decimals, index);
      case DateDayVector dates -> date(dates.get(index));
      case TimeMicroVector times -> time(times.get(index));
      case TimeStampMicroVector stamps -> timestamp(stamps.get(index));
      case TimeStampMicroTZVector stamps -> instant(stamps.get(index));
      case VarCharVector texts -> new String(texts.get(index), StandardCharsets.UTF_8);
      case VarBinaryVector binaries -> Bytes.of(binaries.get(index));
      case FixedSizeBinaryVector uuids -> uuid(uuids.get(index));
      case ListVector lists ->
          items(
              lists.getDataVector(),
              lists.getElementStartIndex(index),
              lists.getElementEndIndex(index));
      case FixedSizeListVector lists ->
          items(
              lists.getDataVector(),
              lists.getElementStartIndex(index),
              lists.getElementEndIndex(index));
      case StructVector structs -> struct(structs, index);
      default -> throw new IllegalArgumentException("No such vector in the lattice: " + vector);
    };
  }

  private static Object decimal(DecimalVector vector, int index) {
    long offset = (long) index * DECIMAL_BYTES;
    long low = vector.getDataBuffer().getLong(offset);
    long high = vector.getDataBuffer().getLong(offset + Long.BYTES);
    if (low == SpecialValues.DECIMAL_NAN_LOW && high == SpecialValues.DECIMAL_NAN_HIGH) {
      return Special.NAN;
    }
    return vector.getObjectNotNull(index);
  }

  private static Object date(int days) {
    return switch (days) {
      case SpecialValues.DATE_INFINITY -> Special.INFINITY;
      case SpecialValues.DATE_MINUS_INFINITY -> Special.MINUS_INFINITY;
      default -> LocalDate.ofEpochDay(days);
    };
  }

  private static Object time(long micros) {
    return micros == DAY_MICROS ? Special.END_OF_DAY : LocalTime.ofNanoOfDay(micros * MICRO_NANOS);
  }

  private static Object timestamp(long micros) {
    Object value = instant(micros);
    return value instanceof Instant at ? LocalDateTime.ofInstant(at, ZoneOffset.UTC) : value;
  }

  private static Object instant(long micros) {
    if (micros == SpecialValues.TIMESTAMP_INFINITY) {
      return Special.INFINITY;
    }
    if (micros == SpecialValues.TIMESTAMP_MINUS_INFINITY) {
      return Special.MINUS_INFINITY;
    }
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  private static UUID uuid(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new UUID(buffer.getLong(), buffer.getLong());
  }

  private static List<@Nullable Object> items(FieldVector data, int start, int end) {
    List<@Nullable Object> items = new ArrayList<>(end - start);
    for (int i = start; i < end; i++) {
      items.add(read(data, i));
    }
    return Collections.unmodifiableList(items);
  }

  private static Map<String, @Nullable Object> struct(StructVector vector, int index) {
    Map<String, @Nullable Object> parts = new LinkedHashMap<>();
    for (FieldVector child : vector.getChildrenFromFields()) {
      parts.put(child.getName(), read(child, index));
    }
    return Collections.unmodifiableMap(parts);
  }
}
