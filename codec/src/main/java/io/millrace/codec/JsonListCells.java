package io.millrace.codec;

import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.complex.ListVector;
import org.jspecify.annotations.Nullable;

/** Lists and vectors as JSON arrays. */
final class JsonListCells extends Cells {
  private static final byte[] NULL = {'n', 'u', 'l', 'l'};

  private final Cells items;
  private final @Nullable ArrowBuf offsets;
  private final int fixedLength;

  JsonListCells(ListVector vector) {
    super(vector);
    items = JsonForm.cells(vector.getDataVector());
    offsets = vector.getOffsetBuffer();
    fixedLength = 0;
  }

  JsonListCells(FixedSizeListVector vector) {
    super(vector);
    items = JsonForm.cells(vector.getDataVector());
    offsets = null;
    fixedLength = vector.getListSize();
  }

  @Override
  public void write(int row, ByteSink out) {
    int start = offsets == null ? row * fixedLength : offsets.getInt(row * 4L);
    int end = offsets == null ? start + fixedLength : offsets.getInt(row * 4L + 4);
    out.put('[');
    for (int i = start; i < end; i++) {
      if (i > start) {
        out.put(',');
      }
      if (items.isNull(i)) {
        out.put(NULL);
      } else {
        items.write(i, out);
      }
    }
    out.put(']');
  }
}
