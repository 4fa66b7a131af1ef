package io.millrace.connectors.faker;

/** Numbers that look random and depend on their arguments alone. */
final class Mix {
  /** The odd number nearest to 2^64 divided by the golden ratio: it spreads consecutive ids. */
  private static final long STEP = 0x9E3779B97F4A7C15L;

  private Mix() {}

  /** Returns the number of an id in the sequence of a key (SplitMix64's output function). */
  static long at(long key, long id) {
    long bits = key + id * STEP;
    bits = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
    bits = (bits ^ (bits >>> 27)) * 0x94D049BB133111EBL;
    return bits ^ (bits >>> 31);
  }

  /** Returns a key that belongs to a text, such as a column's name. */
  static long key(long seed, String text) {
    long key = seed;
    for (int i = 0; i < text.length(); i++) {
      key = at(key, text.charAt(i) + 1L);
    }
    return key;
  }

  /** Returns a number from 0 to {@code bound - 1}. */
  static long below(long bits, long bound) {
    return Math.unsignedMultiplyHigh(bits, bound);
  }
}
