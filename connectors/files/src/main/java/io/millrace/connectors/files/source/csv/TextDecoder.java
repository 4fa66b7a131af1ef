package io.millrace.connectors.files.source.csv;

import io.millrace.connectors.files.source.value.Bytes;
import io.millrace.connectors.files.source.value.Utf8;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;
import org.apache.arrow.vector.types.pojo.Field;

/** Text, which must be valid UTF-8. */
final class TextDecoder extends ColumnDecoder {
  private static final int TEXT_BYTES_EXPECTED = 12;

  private final int[] ends;
  private byte[] text = new byte[8 * 1024];
  private final GrowingBuffer texts = new GrowingBuffer();
  private final GrowingBuffer offsets = new GrowingBuffer();
  private long lengthBefore;

  TextDecoder(int field, int column, Field arrowField, int blockRowsMax) {
    super(field, column, arrowField, blockRowsMax);
    this.ends = new int[blockRowsMax];
  }

  @Override
  void allocate(BufferAllocator allocator, int rowsExpected) {
    texts.begin(allocator, Math.max(lengthBefore, (long) rowsExpected * TEXT_BYTES_EXPECTED));
    offsets.begin(allocator, (rowsExpected + 1L) * Integer.BYTES);
    offsets.room(Integer.BYTES).putInt(0);
  }

  @Override
  void decodeRows(Block block) {
    FieldIndex index = block.index;
    int[] fieldEnds = index.ends;
    byte[] data = block.data;
    for (int row = 0, slot = field; row < index.rows; row++, slot += index.stride) {
      int from = (fieldEnds[slot] & FieldIndex.POSITION) + 1;
      int to = fieldEnds[slot + 1];
      if (to > FieldIndex.POSITION) {
        slow(block, row, from, to);
      } else if (from == to) {
        noteNull(row);
      } else {
        value(block, row, data, from, to);
      }
    }
  }

  /** Copies whole words; what goes too far is overwritten by the next value. */
  @Override
  void value(Block block, int row, byte[] data, int from, int to) {
    int at = startOf(row);
    int size = to - from;
    if (text.length < at + size + Bytes.PADDING) {
      text = Arrays.copyOf(text, Math.max(2 * text.length, at + size + Bytes.PADDING));
    }
    byte[] target = text;
    long seen = 0;
    for (int i = 0; i < size; i += Long.BYTES) {
      long word = Bytes.word(data, from + i);
      Bytes.putWord(target, at + i, word);
      seen |= word;
    }
    if ((seen & Bytes.HIGH_BITS) != 0 && !Utf8.valid(data, from, to)) {
      block.faults.mark(row, column);
    }
    ends[row] = at + size;
  }

  @Override
  boolean takesEmpty() {
    return true;
  }

  @Override
  void clear(int row) {
    ends[row] = startOf(row);
  }

  @Override
  void appendValues(int count) {
    int used = count == 0 ? 0 : ends[count - 1];
    int before = Math.toIntExact(texts.length());
    texts.add(text, used);
    for (int row = 0; row < count; row++) {
      ends[row] += before;
    }
    offsets.room(count * Integer.BYTES).asIntBuffer().put(ends, 0, count);
  }

  @Override
  void fill(FieldVector vector, ArrowFieldNode node, ArrowBuf valid) {
    lengthBefore = texts.length();
    try (ArrowBuf takenOffsets = offsets.take();
        ArrowBuf takenTexts = texts.take()) {
      vector.loadFieldBuffers(node, List.of(valid, takenOffsets, takenTexts));
    }
  }

  @Override
  long bytes() {
    return texts.length() + offsets.length();
  }

  @Override
  public void close() {
    texts.close();
    offsets.close();
  }

  private int startOf(int row) {
    return row == 0 ? 0 : ends[row - 1];
  }
}
