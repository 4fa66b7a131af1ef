package io.millrace.connectors.files.format.parquet;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.arrow.memory.ArrowBuf;
import org.jspecify.annotations.Nullable;

/** The range of decimals that need more than 64 bits, which are compared half by half. */
final class DecimalRange implements Range {
  private static final int BYTES = 16;

  private final int width;
  private long minHigh;
  private long minLow;
  private long maxHigh;
  private long maxLow;
  private boolean any;

  /**
   * Makes a range.
   *
   * @param width the bytes of a value in the file
   */
  DecimalRange(int width) {
    this.width = width;
  }

  @Override
  public void add(ArrowBuf data, int from, int to) {
    for (int i = from; i < to; i++) {
      long low = data.getLong((long) i * BYTES);
      long high = data.getLong((long) i * BYTES + Long.BYTES);
      if (!any || less(high, low, minHigh, minLow)) {
        minHigh = high;
        minLow = low;
      }
      if (!any || less(maxHigh, maxLow, high, low)) {
        maxHigh = high;
        maxLow = low;
      }
      any = true;
    }
  }

  private static boolean less(long high, long low, long otherHigh, long otherLow) {
    return high < otherHigh || (high == otherHigh && Long.compareUnsigned(low, otherLow) < 0);
  }

  @Override
  public byte @Nullable [] min() {
    return any ? bytes(minHigh, minLow) : null;
  }

  @Override
  public byte @Nullable [] max() {
    return any ? bytes(maxHigh, maxLow) : null;
  }

  private byte[] bytes(long high, long low) {
    byte[] all = ByteBuffer.allocate(BYTES).putLong(high).putLong(low).array();
    return Arrays.copyOfRange(all, BYTES - width, BYTES);
  }

  @Override
  public void clear() {
    any = false;
  }
}
