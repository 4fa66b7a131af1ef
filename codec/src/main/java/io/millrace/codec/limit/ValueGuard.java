package io.millrace.codec.limit;

import io.millrace.spi.type.Fields;
import io.millrace.spi.type.LogicalType;
import io.millrace.spi.type.SpecialValues;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.ValueVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;
import org.jspecify.annotations.Nullable;

/** Finds values of one vector that a system would take and change, or refuse with a whole file. */
abstract class ValueGuard {
  private static final long TIME_MAX = 86_400_000_000L;

  private final String expected;

  private ValueGuard(String expected) {
    this.expected = expected;
  }

  /** Returns what the values must be, as the end of a sentence. */
  String expected() {
    return expected;
  }

  /** Returns the first index from {@code from} on and before {@code to} that is refused, or -1. */
  abstract int firstBad(ValueVector vector, int from, int to);

  /** Returns the guard of a vector of this field, or null where every value fits. */
  static @Nullable ValueGuard of(FieldVector vector, ValueLimits limits) {
    return of(Fields.typeOf(vector.getField()), limits);
  }

  private static @Nullable ValueGuard of(LogicalType type, ValueLimits limits) {
    return switch (type) {
      case LogicalType.Decimal(int precision, int ignored) -> new DecimalGuard(precision);
      case LogicalType.Date() -> new DateGuard(limits.infinities());
      case LogicalType.Time() -> time(limits);
      case LogicalType.Timestamp() -> timestamp(limits);
      case LogicalType.TimestampTz() -> timestamp(limits);
      case LogicalType.ListOf(LogicalType element) -> nested(of(element, limits));
      case LogicalType.Struct(List<LogicalType.Part> parts) -> struct(parts, limits);
      default -> null;
    };
  }

  private static ValueGuard time(ValueLimits limits) {
    return limits.endOfDay()
        ? new LongGuard("a time from 00:00 to 24:00", 0, TIME_MAX, false)
        : new LongGuard("a time from 00:00 and before 24:00", 0, TIME_MAX - 1, false);
  }

  private static ValueGuard timestamp(ValueLimits limits) {
    return new LongGuard(
        limits.infinities() ? "a timestamp within its range" : "a finite timestamp in its range",
        limits.timestampMin(),
        limits.timestampMax(),
        limits.infinities());
  }

  private static @Nullable ValueGuard nested(@Nullable ValueGuard element) {
    return element == null ? null : new ListGuard(element);
  }

  private static @Nullable ValueGuard struct(List<LogicalType.Part> parts, ValueLimits limits) {
    @Nullable ValueGuard[] guards = new @Nullable ValueGuard[parts.size()];
    ValueGuard any = null;
    for (int i = 0; i < guards.length; i++) {
      guards[i] = of(parts.get(i).type(), limits);
      any = guards[i] == null ? any : guards[i];
    }
    return any == null ? null : new StructGuard(guards, any.expected());
  }

  private static final class DateGuard extends ValueGuard {
    private final boolean infinities;

    DateGuard(boolean infinities) {
      super(infinities ? "a date within its range" : "a finite date");
      this.infinities = infinities;
    }

    @Override
    int firstBad(ValueVector vector, int from, int to) {
      ArrowBuf data = vector.getDataBuffer();
      for (int i = from; i < to; i++) {
        int days = data.getInt(i * 4L);
        boolean infinite = Math.abs(days) == SpecialValues.DATE_INFINITY;
        boolean bad = days == Integer.MIN_VALUE || (infinite && !infinities);
        if (bad && !vector.isNull(i)) {
          return i;
        }
      }
      return -1;
    }
  }

  private static final class LongGuard extends ValueGuard {
    private final long min;
    private final long max;
    private final boolean infinities;

    LongGuard(String expected, long min, long max, boolean infinities) {
      super(expected);
      this.min = min;
      this.max = max;
      this.infinities = infinities;
    }

    @Override
    int firstBad(ValueVector vector, int from, int to) {
      ArrowBuf data = vector.getDataBuffer();
      for (int i = from; i < to; i++) {
        long value = data.getLong(i * 8L);
        if ((value < min || value > max) && !allowed(value) && !vector.isNull(i)) {
          return i;
        }
      }
      return -1;
    }

    private boolean allowed(long value) {
      return infinities
          && (value == SpecialValues.TIMESTAMP_INFINITY
              || value == SpecialValues.TIMESTAMP_MINUS_INFINITY);
    }
  }

  private static final class DecimalGuard extends ValueGuard {
    private static final int LONG_DIGITS = 18;

    private final DecimalBound bound;
    private final long smallBound;

    DecimalGuard(int precision) {
      super("a number of at most " + precision + " digits");
      bound = DecimalBound.of(precision);
      smallBound = precision <= LONG_DIGITS ? bound.low() : -1;
    }

    @Override
    int firstBad(ValueVector vector, int from, int to) {
      ArrowBuf data = vector.getDataBuffer();
      for (int i = from; i < to; i++) {
        long low = data.getLong(i * 16L);
        long high = data.getLong(i * 16L + 8);
        if (!fits(high, low) && !vector.isNull(i)) {
          return i;
        }
      }
      return -1;
    }

    private boolean fits(long high, long low) {
      if (smallBound >= 0) {
        return high == low >> 63 && low < smallBound && low > -smallBound;
      }
      return bound.exceeds(high, low);
    }
  }

  private static final class ListGuard extends ValueGuard {
    private final ValueGuard element;

    ListGuard(ValueGuard element) {
      super(element.expected());
      this.element = element;
    }

    @Override
    int firstBad(ValueVector vector, int from, int to) {
      ListVector list = (ListVector) vector;
      ValueVector items = list.getDataVector();
      if (from >= to
          || element.firstBad(
                  items, list.getElementStartIndex(from), list.getElementEndIndex(to - 1))
              < 0) {
        return -1;
      }
      for (int i = from; i < to; i++) {
        if (!list.isNull(i)
            && element.firstBad(items, list.getElementStartIndex(i), list.getElementEndIndex(i))
                >= 0) {
          return i;
        }
      }
      return -1;
    }
  }

  private static final class StructGuard extends ValueGuard {
    private final @Nullable ValueGuard[] parts;

    StructGuard(@Nullable ValueGuard[] parts, String expected) {
      super(expected);
      this.parts = parts;
    }

    @Override
    int firstBad(ValueVector vector, int from, int to) {
      StructVector struct = (StructVector) vector;
      int first = to;
      for (int part = 0; part < parts.length; part++) {
        ValueGuard guard = parts[part];
        if (guard != null) {
          first = Math.min(first, firstBad(guard, struct, part, from, first));
        }
      }
      return first == to ? -1 : first;
    }

    private static int firstBad(ValueGuard guard, StructVector struct, int part, int from, int to) {
      int at = from;
      while (at < to) {
        int bad = guard.firstBad(struct.getChildByOrdinal(part), at, to);
        if (bad < 0) {
          return to;
        }
        if (!struct.isNull(bad)) {
          return bad;
        }
        at = bad + 1;
      }
      return to;
    }
  }
}
