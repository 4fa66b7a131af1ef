package io.millrace.connectors.faker;

import java.util.Arrays;
import java.util.List;
import org.apache.arrow.vector.VarCharVector;

/** Columns of text, put together from parts. */
final class Texts {
  private static final int LONG_DIGITS_MAX = 19;
  private static final long[] POWERS_OF_TEN = powersOfTen();

  private Texts() {}

  /** A part of a text. */
  interface Part {
    /** Writes the part at the index, perhaps more behind it, and returns the index behind it. */
    int put(byte[] out, int at, long bits, long id);

    /** Returns the most bytes it ever writes, those behind the part included. */
    int bytesMax();
  }

  /**
   * Makes a column of texts.
   *
   * @param salt parts this column's texts from those of others
   */
  static Filler of(String salt, Part... parts) {
    int bytesMax = Arrays.stream(parts).mapToInt(Part::bytesMax).sum();
    return (vector, slice, stage) ->
        fill((VarCharVector) vector, slice, stage, salt, parts, bytesMax);
  }

  private static void fill(
      VarCharVector vector, Slice slice, Stage stage, String salt, Part[] parts, int bytesMax) {
    int rows = slice.rows();
    byte[] out = stage.values(Math.multiplyExact(rows, bytesMax));
    byte[] offsets = stage.offsets(rows);
    long key = Mix.key(slice.seed(), salt);
    int at = 0;
    Stage.INT.set(offsets, 0, 0);
    for (int i = 0; i < rows; i++) {
      long id = slice.firstId() + i;
      long bits = Mix.at(key, id);
      at = parts[0].put(out, at, bits, id);
      for (int part = 1; part < parts.length; part++) {
        bits = Mix.at(bits, 1);
        at = parts[part].put(out, at, bits, id);
      }
      Stage.INT.set(offsets, (i + 1) * Integer.BYTES, at);
    }
    vector.allocateNew(at, rows);
    stage.copyValues(vector.getDataBuffer(), at);
    stage.copyOffsets(vector.getOffsetBuffer(), rows);
    Validity.setAll(vector, rows);
    vector.setLastSet(rows - 1);
    vector.setValueCount(rows);
  }

  /** One of several words. */
  static Part word(List<String> words) {
    Word all = new Word(words);
    return new Part() {
      @Override
      public int put(byte[] out, int at, long bits, long id) {
        return all.put(out, at, (int) Mix.below(bits, all.count()));
      }

      @Override
      public int bytesMax() {
        return all.bytesMax();
      }
    };
  }

  /** The word at the place of the id, beginning again after the last. */
  static Part wordOfId(List<String> words) {
    Word all = new Word(words);
    return new Part() {
      @Override
      public int put(byte[] out, int at, long bits, long id) {
        return all.put(out, at, (int) ((id - 1) % all.count()));
      }

      @Override
      public int bytesMax() {
        return all.bytesMax();
      }
    };
  }

  /** A text that is always the same. */
  static Part literal(String text) {
    return word(List.of(text));
  }

  /** So many digits. */
  static Part digits(int count) {
    return number(0, POWERS_OF_TEN[count], count);
  }

  /** A number from {@code min} to below {@code bound}, without zeros in front. */
  static Part number(long min, long bound) {
    return number(min, bound, 1);
  }

  private static Part number(long min, long bound, int digitsMin) {
    return new Part() {
      @Override
      public int put(byte[] out, int at, long bits, long id) {
        return putNumber(out, at, min + Mix.below(bits, bound - min), digitsMin);
      }

      @Override
      public int bytesMax() {
        return Math.max(digitsMin, Long.toString(bound - 1).length());
      }
    };
  }

  /** The row's id. */
  static Part id() {
    return new Part() {
      @Override
      public int put(byte[] out, int at, long bits, long id) {
        return putNumber(out, at, id, 1);
      }

      @Override
      public int bytesMax() {
        return LONG_DIGITS_MAX;
      }
    };
  }

  private static int putNumber(byte[] out, int at, long number, int digitsMin) {
    int digits = digitsMin;
    while (digits < POWERS_OF_TEN.length && number >= POWERS_OF_TEN[digits]) {
      digits++;
    }
    long rest = number;
    for (int i = at + digits - 1; i >= at; i--) {
      long tenth = rest / 10;
      out[i] = (byte) ('0' + (rest - tenth * 10));
      rest = tenth;
    }
    return at + digits;
  }

  private static long[] powersOfTen() {
    long[] powers = new long[LONG_DIGITS_MAX];
    powers[0] = 1;
    for (int i = 1; i < powers.length; i++) {
      powers[i] = powers[i - 1] * 10;
    }
    return powers;
  }
}
