package io.millrace.connectors.files.source.value;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Looks at eight bytes at once. */
public final class Bytes {
  /** Bytes that must exist behind the end of every array that is read by words. */
  public static final int PADDING = 16;

  /** The highest bit of each byte. */
  public static final long HIGH_BITS = 0x8080808080808080L;

  private static final long LOW_BITS = 0x0101010101010101L;
  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private Bytes() {}

  /** Returns eight bytes, the first in the lowest place. */
  public static long word(byte[] data, int at) {
    return (long) WORDS.get(data, at);
  }

  /** Stores eight bytes, the lowest first. */
  public static void putWord(byte[] data, int at, long word) {
    WORDS.set(data, at, word);
  }

  /** Returns a word of eight times this byte. */
  public static long repeat(byte value) {
    return (value & 0xFFL) * LOW_BITS;
  }

  /**
   * Returns the high bit of each byte of {@code word} that equals the repeated byte. Above a true
   * hit there may be false ones, so that a caller who needs more than the first looks again.
   */
  public static long hits(long word, long repeated) {
    long difference = word ^ repeated;
    return (difference - LOW_BITS) & ~difference & HIGH_BITS;
  }

  /** Returns how many bytes of {@code word} equal the repeated byte. */
  public static int count(long word, long repeated) {
    long difference = word ^ repeated;
    long filled = (difference & ~HIGH_BITS) + ~HIGH_BITS;
    return Long.bitCount(~(filled | difference) & HIGH_BITS);
  }

  /** Returns how often a byte occurs in a range of padded data. */
  public static int count(byte[] data, int from, int to, byte value) {
    long repeated = repeat(value);
    int count = 0;
    int at = from;
    for (; at + Long.BYTES <= to; at += Long.BYTES) {
      count += count(word(data, at), repeated);
    }
    for (; at < to; at++) {
      if (data[at] == value) {
        count++;
      }
    }
    return count;
  }

  /** Returns where a byte occurs first in a range of padded data, or {@code to}. */
  public static int indexOf(byte[] data, int from, int to, byte value) {
    long repeated = repeat(value);
    for (int at = from; at < to; at += Long.BYTES) {
      long hits = hits(word(data, at), repeated);
      if (hits != 0) {
        return Math.min(to, at + (Long.numberOfTrailingZeros(hits) >>> 3));
      }
    }
    return to;
  }
}
