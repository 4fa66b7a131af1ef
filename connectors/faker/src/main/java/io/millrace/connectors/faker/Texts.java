package io.millrace.connectors.faker;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.VarCharVector;

/** Columns of text, put together from parts. */
final class Texts {
  private static final int LONG_DIGITS_MAX = 19;

  private Texts() {}

  /** A part of a text. */
  interface Part {
    /** Writes the part at the index and returns the index behind it. */
    int put(byte[] out, int at, long bits, long id);

    /** Returns the most bytes it ever writes. */
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
    byte[] out = stage.room(Math.multiplyExact(rows, bytesMax));
    vector.allocateNew(0, rows);
    ArrowBuf offsets = vector.getOffsetBuffer();
    long key = Mix.key(slice.seed(), salt);
    int at = 0;
    offsets.setInt(0, 0);
    for (int i = 0; i < rows; i++) {
      long id = slice.firstId() + i;
      long bits = Mix.at(key, id);
      for (Part part : parts) {
        at = part.put(out, at, bits, id);
        bits = Mix.at(bits, 1);
      }
      offsets.setInt((i + 1) * 4L, at);
    }
    while (vector.getDataBuffer().capacity() < at) {
      vector.reallocDataBuffer(at);
    }
    stage.moveTo(vector, at);
    Validity.setAll(vector, rows);
    vector.setLastSet(rows - 1);
    vector.setValueCount(rows);
  }

  /** One of several words. */
  static Part word(List<String> words) {
    byte[][] all =
        words.stream().map(word -> word.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new);
    int longest = Arrays.stream(all).mapToInt(word -> word.length).max().orElse(0);
    return new Part() {
      @Override
      public int put(byte[] out, int at, long bits, long id) {
        byte[] word = all[(int) Mix.below(bits, all.length)];
        System.arraycopy(word, 0, out, at, word.length);
        return at + word.length;
      }

      @Override
      public int bytesMax() {
        return longest;
      }
    };
  }

  /** The word at the place of the id, beginning again after the last. */
  static Part wordOfId(List<String> words) {
    byte[][] all =
        words.stream().map(word -> word.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new);
    int longest = Arrays.stream(all).mapToInt(word -> word.length).max().orElse(0);
    return new Part() {
      @Override
      public int put(byte[] out, int at, long bits, long id) {
        byte[] word = all[(int) ((id - 1) % all.length)];
        System.arraycopy(word, 0, out, at, word.length);
        return at + word.length;
      }

      @Override
      public int bytesMax() {
        return longest;
      }
    };
  }

  /** A text that is always the same. */
  static Part literal(String text) {
    return word(List.of(text));
  }

  /** So many digits. */
  static Part digits(int count) {
    long bound = 1;
    for (int i = 0; i < count; i++) {
      bound *= 10;
    }
    return number(0, bound, count);
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
    int digits = 1;
    for (long bound = 10; number >= bound; bound *= 10) {
      digits++;
    }
    digits = Math.max(digits, digitsMin);
    long rest = number;
    for (int i = at + digits - 1; i >= at; i--) {
      long tenth = rest / 10;
      out[i] = (byte) ('0' + (rest - tenth * 10));
      rest = tenth;
    }
    return at + digits;
  }
}
