package io.millrace.connectors.faker;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Words to choose from, kept so that one is copied eight bytes at a time. */
final class Word {
  private static final int BLOCK_BYTES = Long.BYTES;

  private final long[] blocks;
  private final int[] lengths;
  private final int blocksPerWord;

  Word(List<String> words) {
    List<byte[]> all = words.stream().map(word -> word.getBytes(StandardCharsets.UTF_8)).toList();
    lengths = all.stream().mapToInt(word -> word.length).toArray();
    int longest = Arrays.stream(lengths).max().orElse(0);
    blocksPerWord = (longest + BLOCK_BYTES - 1) / BLOCK_BYTES;
    blocks = new long[blocksPerWord * lengths.length];
    for (int i = 0; i < lengths.length; i++) {
      byte[] padded = Arrays.copyOf(all.get(i), blocksPerWord * BLOCK_BYTES);
      for (int block = 0; block < blocksPerWord; block++) {
        blocks[i * blocksPerWord + block] = (long) Stage.LONG.get(padded, block * BLOCK_BYTES);
      }
    }
  }

  int count() {
    return lengths.length;
  }

  /** Returns the room that {@link #put} needs: the longest word and what it writes beyond. */
  int bytesMax() {
    return blocksPerWord * BLOCK_BYTES;
  }

  /**
   * Writes a word, and perhaps more behind it, and returns the index behind the word. Every word
   * takes the same number of steps, so that the processor need not guess the length.
   */
  int put(byte[] out, int at, int which) {
    int block = which * blocksPerWord;
    for (int i = 0; i < blocksPerWord; i++) {
      Stage.LONG.set(out, at + i * BLOCK_BYTES, blocks[block + i]);
    }
    return at + lengths[which];
  }
}
