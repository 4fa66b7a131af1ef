package io.millrace.connectors.files.format.parquet;

/**
 * The format's hybrid of run lengths and bit packing, for levels and dictionary indexes. Runs of at
 * least eight equal values are stored once, all else is packed in groups of eight.
 */
final class RleEncoder {
  private static final int GROUP = 8;

  private RleEncoder() {}

  /** Returns the number of bits that hold every value up to {@code max}. */
  static int bitWidth(int max) {
    return Integer.SIZE - Integer.numberOfLeadingZeros(max);
  }

  /** Adds the first values of the array. */
  static void encode(PageBytes out, int[] values, int count, int bitWidth) {
    int at = 0;
    while (at < count) {
      int packed = packedUntil(values, at, count);
      if (packed > at) {
        pack(out, values, at, packed, count, bitWidth);
        at = packed;
      }
      if (at < count) {
        int end = runEnd(values, at, count);
        run(out, values[at], end - at, bitWidth);
        at = end;
      }
    }
  }

  /** Adds one value many times. */
  static void run(PageBytes out, int value, int count, int bitWidth) {
    out.putVarInt(count << 1);
    for (int bits = 0; bits < bitWidth; bits += Byte.SIZE) {
      out.putByte(value >>> bits);
    }
  }

  /** Returns the first index, whole groups away from {@code from}, where a long run begins. */
  private static int packedUntil(int[] values, int from, int count) {
    int at = from;
    while (at < count && !runBegins(values, at, count)) {
      at += GROUP;
    }
    return Math.min(at, count);
  }

  private static boolean runBegins(int[] values, int at, int count) {
    if (count - at < GROUP) {
      return false;
    }
    int value = values[at];
    for (int i = at + 1; i < at + GROUP; i++) {
      if (values[i] != value) {
        return false;
      }
    }
    return true;
  }

  private static int runEnd(int[] values, int from, int count) {
    int value = values[from];
    int at = from + 1;
    while (at < count && values[at] == value) {
      at++;
    }
    return at;
  }

  private static void pack(PageBytes out, int[] values, int from, int to, int count, int bitWidth) {
    int groups = (to - from + GROUP - 1) / GROUP;
    out.putVarInt((groups << 1) | 1);
    out.reserve(groups * bitWidth);
    for (int at = from; at < to; at += GROUP) {
      long bits = 0;
      int held = 0;
      for (int i = at; i < at + GROUP; i++) {
        bits |= (i < count ? values[i] & 0xFFFF_FFFFL : 0) << held;
        held += bitWidth;
        while (held >= Byte.SIZE) {
          out.putByte((int) bits);
          bits >>>= Byte.SIZE;
          held -= Byte.SIZE;
        }
      }
    }
  }
}
