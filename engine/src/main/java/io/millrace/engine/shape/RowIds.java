package io.millrace.engine.shape;

import java.time.Clock;
import java.util.SplittableRandom;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.util.MemoryUtil;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Fills a text column with UUIDs of version 7 (RFC 9562, section 5.7): 48 bits of milliseconds,
 * then random bits, so that ids grow with time and indexes on them stay dense.
 */
final class RowIds {
  private static final int TEXT_BYTES = 36;
  private static final int HALF_BITS = 32;
  private static final long NIBBLES = 0x0f0f0f0f0f0f0f0fL;
  private static final long ZEROS = 0x3030303030303030L;
  private static final long SIXES = 0x0606060606060606L;
  private static final long ONES = 0x0101010101010101L;

  /** From the character behind 9 to the letter a. */
  private static final int LETTER_GAP = 'a' - '9' - 1;

  private static final long VERSION_7 = 0x7000L;
  private static final long VARIANT = 0x8000000000000000L;
  private static final long VARIANT_REST = 0x3fffffffffffffffL;

  private final Clock clock;
  private final SplittableRandom random = new SplittableRandom();

  RowIds(Clock clock) {
    this.clock = clock;
  }

  /** Returns a vector of {@code rows} ids named {@code name}, which the caller owns. */
  VarCharVector fill(Field field, int rows, BufferAllocator allocator) {
    VarCharVector vector = (VarCharVector) field.createVector(allocator);
    vector.allocateNew((long) rows * TEXT_BYTES, rows);
    long millis = clock.millis();
    long data = vector.getDataBuffer().memoryAddress();
    long offsets = vector.getOffsetBuffer().memoryAddress();
    for (int row = 0; row < rows; row++) {
      long high = (millis << 16) | VERSION_7 | (random.nextInt() & 0xfff);
      long low = VARIANT | (random.nextLong() & VARIANT_REST);
      write(high, low, data + (long) row * TEXT_BYTES);
      MemoryUtil.putInt(offsets + (row + 1L) * Integer.BYTES, (row + 1) * TEXT_BYTES);
    }
    MetadataVectors.allValid(vector.getValidityBuffer(), rows);
    vector.setLastSet(rows - 1);
    vector.setValueCount(rows);
    return vector;
  }

  /** Writes the 36 characters: groups of 8, 4, 4, 4 and 12 digits. */
  private static void write(long high, long low, long at) {
    long second = digits(high);
    long third = digits(low >>> HALF_BITS);
    putLong(at, digits(high >>> HALF_BITS));
    MemoryUtil.putByte(at + 8, (byte) '-');
    putInt(at + 9, (int) (second >>> HALF_BITS));
    MemoryUtil.putByte(at + 13, (byte) '-');
    putInt(at + 14, (int) second);
    MemoryUtil.putByte(at + 18, (byte) '-');
    putInt(at + 19, (int) (third >>> HALF_BITS));
    MemoryUtil.putByte(at + 23, (byte) '-');
    putInt(at + 24, (int) third);
    putLong(at + 28, digits(low));
  }

  /** Returns the eight hexadecimal digits of the lower 32 bits, the first in the highest byte. */
  static long digits(long value) {
    long nibbles = Long.expand(value, NIBBLES);
    long letters = ((nibbles + SIXES) >>> 4) & ONES;
    return nibbles + ZEROS + letters * LETTER_GAP;
  }

  private static void putLong(long at, long bytes) {
    MemoryUtil.putLong(at, MemoryUtil.LITTLE_ENDIAN ? Long.reverseBytes(bytes) : bytes);
  }

  private static void putInt(long at, int bytes) {
    MemoryUtil.putInt(at, MemoryUtil.LITTLE_ENDIAN ? Integer.reverseBytes(bytes) : bytes);
  }
}
