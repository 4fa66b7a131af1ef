package io.millrace.connectors.files.format.parquet;

import java.util.Arrays;

/**
 * The definition or repetition levels of a page. As long as all are the greatest one, as in a
 * column without nulls, only their number is held.
 */
final class Levels {
  private final int max;
  private int[] values = new int[0];
  private int size;
  private boolean uniform = true;

  /** Makes levels of at most {@code max}. */
  Levels(int max) {
    this.max = max;
  }

  int size() {
    return size;
  }

  /** Adds one level many times. */
  void add(int level, int count) {
    if (uniform && level != max) {
      uniform = false;
      reserve(size);
      Arrays.fill(values, 0, size, max);
    }
    if (!uniform) {
      reserve(size + count);
      Arrays.fill(values, size, size + count, level);
    }
    size += count;
  }

  private void reserve(int wanted) {
    if (wanted > values.length) {
      values = Arrays.copyOf(values, Math.max(wanted, values.length * 2));
    }
  }

  /** Adds the levels to {@code out} as version 1 pages have them, behind their length. */
  void putTo(PageBytes out) {
    int at = out.size();
    out.putInt(0);
    if (uniform) {
      RleEncoder.run(out, max, size, RleEncoder.bitWidth(max));
    } else {
      RleEncoder.encode(out, values, size, RleEncoder.bitWidth(max));
    }
    out.setInt(at, out.size() - at - Integer.BYTES);
  }

  void clear() {
    size = 0;
    uniform = true;
  }
}
