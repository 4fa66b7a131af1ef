package io.millrace.connectors.files.format.parquet;

import java.util.Arrays;

/** Numbers the distinct values of a column in the order in which they come. */
final class LongDictionary {
  private static final int SLOTS_MIN = 64;
  private static final long SPREAD = 0x9E37_79B9_7F4A_7C15L;

  private int[] slots = new int[SLOTS_MIN];
  private int shift = Long.SIZE - Integer.numberOfTrailingZeros(SLOTS_MIN);
  private long[] values = new long[SLOTS_MIN / 2];
  private int size;

  int size() {
    return size;
  }

  long value(int index) {
    return values[index];
  }

  long[] values() {
    return values;
  }

  void clear() {
    if (size > 0) {
      Arrays.fill(slots, 0);
      size = 0;
    }
  }

  /** Returns the value's number, a new one if it is new. */
  int index(long value) {
    int slot = (int) ((value * SPREAD) >>> shift);
    while (true) {
      int entry = slots[slot];
      if (entry == 0) {
        return add(value, slot);
      }
      if (values[entry - 1] == value) {
        return entry - 1;
      }
      slot = (slot + 1) & (slots.length - 1);
    }
  }

  private int add(long value, int slot) {
    if (size == values.length) {
      grow();
      return index(value);
    }
    values[size] = value;
    slots[slot] = ++size;
    return size - 1;
  }

  private void grow() {
    values = Arrays.copyOf(values, values.length * 2);
    slots = new int[slots.length * 2];
    shift--;
    for (int i = 0; i < size; i++) {
      int slot = (int) ((values[i] * SPREAD) >>> shift);
      while (slots[slot] != 0) {
        slot = (slot + 1) & (slots.length - 1);
      }
      slots[slot] = i + 1;
    }
  }
}
