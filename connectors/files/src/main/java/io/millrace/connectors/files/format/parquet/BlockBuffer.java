package io.millrace.connectors.files.format.parquet;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Holds many bytes in blocks of moderate size, which stay with the buffer for the next use: large
 * arrays would each burden the garbage collector. Blocks grow with what is held, so that a table of
 * a thousand columns stays small.
 */
final class BlockBuffer {
  private static final int BLOCK_BYTES_MIN = 1 << 10;
  private static final int BLOCK_BYTES_MAX = 1 << 18;

  private final List<byte[]> blocks = new ArrayList<>();
  private int used;
  private int filled;
  private long size;

  long size() {
    return size;
  }

  void put(byte[] source, int offset, int length) {
    int from = offset;
    int left = length;
    while (left > 0) {
      if (used == 0 || filled == blocks.get(used - 1).length) {
        nextBlock();
      }
      byte[] block = blocks.get(used - 1);
      int piece = Math.min(left, block.length - filled);
      System.arraycopy(source, from, block, filled, piece);
      filled += piece;
      from += piece;
      left -= piece;
    }
    size += length;
  }

  private void nextBlock() {
    if (used == blocks.size()) {
      int length = used == 0 ? BLOCK_BYTES_MIN : blocks.get(used - 1).length * 4;
      blocks.add(new byte[Math.min(BLOCK_BYTES_MAX, length)]);
    }
    used++;
    filled = 0;
  }

  void writeTo(OutputStream out) throws IOException {
    for (int i = 0; i < used; i++) {
      out.write(blocks.get(i), 0, i == used - 1 ? filled : blocks.get(i).length);
    }
  }

  void clear() {
    used = 0;
    filled = 0;
    size = 0;
  }
}
