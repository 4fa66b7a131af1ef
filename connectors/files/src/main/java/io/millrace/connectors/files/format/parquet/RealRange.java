package io.millrace.connectors.files.format.parquet;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.arrow.memory.ArrowBuf;
import org.jspecify.annotations.Nullable;

/**
 * The range of floats. A NaN makes it unknown, because readers do not agree on its place; a zero
 * takes the sign that makes the range include both zeros, as the format demands.
 */
final class RealRange implements Range {
  private final boolean wide;
  private double min = Double.POSITIVE_INFINITY;
  private double max = Double.NEGATIVE_INFINITY;
  private boolean nan;

  RealRange(boolean wide) {
    this.wide = wide;
  }

  @Override
  public void add(ArrowBuf data, int from, int to) {
    double least = min;
    double greatest = max;
    boolean unordered = nan;
    for (int i = from; i < to; i++) {
      double value =
          wide ? data.getDouble((long) i * Double.BYTES) : data.getFloat((long) i * Float.BYTES);
      unordered |= Double.isNaN(value);
      least = Math.min(least, value);
      greatest = Math.max(greatest, value);
    }
    min = least;
    max = greatest;
    nan = unordered;
  }

  private boolean known() {
    return !nan && min <= max;
  }

  @Override
  public byte @Nullable [] min() {
    return known() ? bytes(min == 0 ? -0.0 : min) : null;
  }

  @Override
  public byte @Nullable [] max() {
    return known() ? bytes(max == 0 ? 0.0 : max) : null;
  }

  private byte[] bytes(double value) {
    ByteBuffer bytes =
        ByteBuffer.allocate(wide ? Double.BYTES : Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    return (wide ? bytes.putDouble(value) : bytes.putFloat((float) value)).array();
  }

  @Override
  public void clear() {
    min = Double.POSITIVE_INFINITY;
    max = Double.NEGATIVE_INFINITY;
    nan = false;
  }
}
