package io.millrace.engine.shape;

import java.time.Clock;
import java.util.SplittableRandom;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Fills a text column with UUIDs of version 7 (RFC 9562, section 5.7): 48 bits of milliseconds,
 * then random bits, so that ids grow with time and indexes on them stay dense.
 */
final class RowIds {
  private static final int TEXT_BYTES = 36;
  private static final byte[] HEX = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
  };
  private static final long VERSION_7 = 0x7000L;
  private static final long VARIANT = 0x8000000000000000L;
  private static final long VARIANT_REST = 0x3fffffffffffffffL;

  private final Clock clock;
  private final SplittableRandom random = new SplittableRandom();
  private final byte[] text = new byte[TEXT_BYTES];

  RowIds(Clock clock) {
    this.clock = clock;
  }

  /** Returns a vector of {@code rows} ids named {@code name}, which the caller owns. */
  VarCharVector fill(Field field, int rows, BufferAllocator allocator) {
    VarCharVector vector = (VarCharVector) field.createVector(allocator);
    vector.allocateNew((long) rows * TEXT_BYTES, rows);
    long millis = clock.millis();
    ArrowBuf data = vector.getDataBuffer();
    ArrowBuf offsets = vector.getOffsetBuffer();
    for (int row = 0; row < rows; row++) {
      long high = (millis << 16) | VERSION_7 | (random.nextInt() & 0xfff);
      long low = VARIANT | (random.nextLong() & VARIANT_REST);
      format(high, low);
      data.setBytes((long) row * TEXT_BYTES, text, 0, TEXT_BYTES);
      offsets.setInt((long) (row + 1) * Integer.BYTES, (row + 1) * TEXT_BYTES);
    }
    MetadataVectors.allValid(vector.getValidityBuffer(), rows);
    vector.setLastSet(rows - 1);
    vector.setValueCount(rows);
    return vector;
  }

  private void format(long high, long low) {
    hex(high >>> 32, 8, 0);
    text[8] = '-';
    hex(high >>> 16, 4, 9);
    text[13] = '-';
    hex(high, 4, 14);
    text[18] = '-';
    hex(low >>> 48, 4, 19);
    text[23] = '-';
    hex(low, 12, 24);
  }

  private void hex(long value, int digits, int at) {
    long rest = value;
    for (int i = at + digits - 1; i >= at; i--) {
      text[i] = HEX[(int) (rest & 0xf)];
      rest >>>= 4;
    }
  }
}
