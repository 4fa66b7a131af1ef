package io.millrace.connectors.files.format.parquet;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Numbers the distinct byte strings of a column in the order in which they come. */
final class BytesDictionary {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int SLOTS_MIN = 64;
  private static final long SPREAD = 0x9E37_79B9_7F4A_7C15L;

  private int[] slots = new int[SLOTS_MIN];
  private int[] hashes = new int[SLOTS_MIN / 2];
  private int[] ends = new int[SLOTS_MIN / 2];
  private byte[] bytes = new byte[256];
  private int size;

  int size() {
    return size;
  }

  /** Returns the length of all byte strings together. */
  int bytesHeld() {
    return size == 0 ? 0 : ends[size - 1];
  }

  byte[] bytes() {
    return bytes;
  }

  int start(int index) {
    return index == 0 ? 0 : ends[index - 1];
  }

  int end(int index) {
    return ends[index];
  }

  void clear() {
    if (size > 0) {
      Arrays.fill(slots, 0);
      size = 0;
    }
  }

  /** Returns the number of the byte string, a new one if it is new. */
  int index(byte[] source, int from, int to) {
    int hash = hash(source, from, to);
    int slot = hash & (slots.length - 1);
    while (true) {
      int entry = slots[slot];
      if (entry == 0) {
        return add(source, from, to, hash);
      }
      if (hashes[entry - 1] == hash && same(entry - 1, source, from, to)) {
        return entry - 1;
      }
      slot = (slot + 1) & (slots.length - 1);
    }
  }

  private boolean same(int index, byte[] source, int from, int to) {
    return Arrays.equals(bytes, start(index), ends[index], source, from, to);
  }

  private int add(byte[] source, int from, int to, int hash) {
    if (size == ends.length) {
      grow();
    }
    int held = bytesHeld();
    int length = to - from;
    if (held + length > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(held, length), bytes.length * 2));
    }
    System.arraycopy(source, from, bytes, held, length);
    hashes[size] = hash;
    ends[size] = held + length;
    size++;
    insert(size - 1);
    return size - 1;
  }

  private void insert(int index) {
    int slot = hashes[index] & (slots.length - 1);
    while (slots[slot] != 0) {
      slot = (slot + 1) & (slots.length - 1);
    }
    slots[slot] = index + 1;
  }

  private void grow() {
    hashes = Arrays.copyOf(hashes, hashes.length * 2);
    ends = Arrays.copyOf(ends, ends.length * 2);
    slots = new int[slots.length * 2];
    for (int i = 0; i < size; i++) {
      insert(i);
    }
  }

  private static int hash(byte[] source, int from, int to) {
    long hash = (long) to - from;
    int at = from;
    for (; at + Long.BYTES <= to; at += Long.BYTES) {
      hash = (hash ^ (long) LONG.get(source, at)) * SPREAD;
      hash ^= hash >>> 29;
    }
    for (; at < to; at++) {
      hash = (hash ^ source[at]) * SPREAD;
    }
    return (int) (hash ^ (hash >>> 32));
  }
}
