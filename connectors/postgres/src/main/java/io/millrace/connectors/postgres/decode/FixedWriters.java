package io.millrace.connectors.postgres.decode;

import io.millrace.spi.type.SpecialValues;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.util.MemoryUtil;

/** The writers of values of one width. */
final class FixedWriters {
  /** Days from 1970-01-01 to 2000-01-01, PostgreSQL's day 0. */
  private static final int EPOCH_DAYS = 10_957;

  /** Microseconds from 1970-01-01 to 2000-01-01. */
  private static final long EPOCH_MICROS = EPOCH_DAYS * 86_400_000_000L;

  /** The bytes of the length before each value. */
  private static final int LENGTH = 4;

  private FixedWriters() {}

  /** {@code int2}. */
  static final class Int2 extends FixedWriter {
    Int2(BufferAllocator allocator) {
      super(allocator, Short.BYTES);
    }

    @Override
    void write(byte[][] rows, int[] at, int count, int first) {
      for (int i = 0; i < count; i++) {
        byte[] row = rows[i];
        int value = at[i] + LENGTH;
        int length = Wire.int4(row, at[i]);
        if (length == Short.BYTES) {
          MemoryUtil.putShort(address + (long) (first + i) * Short.BYTES, Wire.int2(row, value));
          at[i] = value + Short.BYTES;
        } else if (length < 0) {
          setNull(first + i);
          at[i] = value;
        } else {
          throw wrongLength(i, length);
        }
      }
    }
  }

  /** {@code int4} and {@code float4}, whose bits are the same on the wire and in Arrow. */
  static final class Bits4 extends FixedWriter {
    Bits4(BufferAllocator allocator) {
      super(allocator, Integer.BYTES);
    }

    @Override
    void write(byte[][] rows, int[] at, int count, int first) {
      for (int i = 0; i < count; i++) {
        byte[] row = rows[i];
        int value = at[i] + LENGTH;
        int length = Wire.int4(row, at[i]);
        if (length == Integer.BYTES) {
          MemoryUtil.putInt(address + (long) (first + i) * Integer.BYTES, Wire.int4(row, value));
          at[i] = value + Integer.BYTES;
        } else if (length < 0) {
          setNull(first + i);
          at[i] = value;
        } else {
          throw wrongLength(i, length);
        }
      }
    }
  }

  /** {@code int8}, {@code float8} and {@code time}. */
  static final class Bits8 extends FixedWriter {
    Bits8(BufferAllocator allocator) {
      super(allocator, Long.BYTES);
    }

    @Override
    void write(byte[][] rows, int[] at, int count, int first) {
      for (int i = 0; i < count; i++) {
        byte[] row = rows[i];
        int value = at[i] + LENGTH;
        int length = Wire.int4(row, at[i]);
        if (length == Long.BYTES) {
          MemoryUtil.putLong(address + (long) (first + i) * Long.BYTES, Wire.int8(row, value));
          at[i] = value + Long.BYTES;
        } else if (length < 0) {
          setNull(first + i);
          at[i] = value;
        } else {
          throw wrongLength(i, length);
        }
      }
    }
  }

  /** {@code date}: days since 2000-01-01, the largest and smallest for the infinities. */
  static final class Date extends FixedWriter {
    Date(BufferAllocator allocator) {
      super(allocator, Integer.BYTES);
    }

    @Override
    void write(byte[][] rows, int[] at, int count, int first) {
      for (int i = 0; i < count; i++) {
        byte[] row = rows[i];
        int value = at[i] + LENGTH;
        int length = Wire.int4(row, at[i]);
        if (length == Integer.BYTES) {
          int days = ofPostgres(Wire.int4(row, value));
          MemoryUtil.putInt(address + (long) (first + i) * Integer.BYTES, days);
          at[i] = value + Integer.BYTES;
        } else if (length < 0) {
          setNull(first + i);
          at[i] = value;
        } else {
          throw wrongLength(i, length);
        }
      }
    }

    private static int ofPostgres(int days) {
      if (days == Integer.MAX_VALUE) {
        return SpecialValues.DATE_INFINITY;
      }
      // No date is near enough to the largest number to overflow: the last is in 5874897 AD.
      return days == Integer.MIN_VALUE ? SpecialValues.DATE_MINUS_INFINITY : days + EPOCH_DAYS;
    }
  }

  /** {@code timestamp} and {@code timestamptz}: microseconds since 2000-01-01. */
  static final class Timestamp extends FixedWriter {
    Timestamp(BufferAllocator allocator) {
      super(allocator, Long.BYTES);
    }

    @Override
    void write(byte[][] rows, int[] at, int count, int first) {
      for (int i = 0; i < count; i++) {
        byte[] row = rows[i];
        int value = at[i] + LENGTH;
        int length = Wire.int4(row, at[i]);
        if (length == Long.BYTES) {
          long micros = ofPostgres(Wire.int8(row, value), i);
          MemoryUtil.putLong(address + (long) (first + i) * Long.BYTES, micros);
          at[i] = value + Long.BYTES;
        } else if (length < 0) {
          setNull(first + i);
          at[i] = value;
        } else {
          throw wrongLength(i, length);
        }
      }
    }

    private static long ofPostgres(long micros, int message) {
      long value = micros + EPOCH_MICROS;
      if (value > micros && micros != Long.MIN_VALUE) {
        return value;
      }
      if (micros == Long.MIN_VALUE) {
        return SpecialValues.TIMESTAMP_MINUS_INFINITY;
      }
      if (micros == Long.MAX_VALUE) {
        return SpecialValues.TIMESTAMP_INFINITY;
      }
      throw new UnfitValueException(
          message,
          "A timestamp after the year 294246 does not fit into 64 bits of microseconds since 1970.",
          micros + " microseconds after 2000-01-01");
    }
  }

  /** {@code uuid}. */
  static final class Uuid extends FixedWriter {
    private static final int WIDTH = 16;

    Uuid(BufferAllocator allocator) {
      super(allocator, WIDTH);
    }

    @Override
    void write(byte[][] rows, int[] at, int count, int first) {
      for (int i = 0; i < count; i++) {
        byte[] row = rows[i];
        int value = at[i] + LENGTH;
        int length = Wire.int4(row, at[i]);
        if (length == WIDTH) {
          MemoryUtil.copyToMemory(row, value, address + (long) (first + i) * WIDTH, WIDTH);
          at[i] = value + WIDTH;
        } else if (length < 0) {
          setNull(first + i);
          at[i] = value;
        } else {
          throw wrongLength(i, length);
        }
      }
    }
  }
}
