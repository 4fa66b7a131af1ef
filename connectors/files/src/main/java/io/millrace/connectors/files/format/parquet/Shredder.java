package io.millrace.connectors.files.format.parquet;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;

/**
 * Takes one leaf below lists and structs apart into levels and values, by the rules of the Dremel
 * paper: the repetition level says at which list an entry continues, the definition level how far
 * down its path something is there.
 */
final class Shredder {
  private final List<Node> path;
  private final ColumnWriter column;
  private final List<FieldVector> vectors = new ArrayList<>();
  private int runStart;
  private int runEnd;

  Shredder(List<Node> path, ColumnWriter column) {
    this.path = path;
    this.column = column;
  }

  /** Adds rows of the vector of the path's first field. */
  void add(FieldVector vector, int from, int to) throws IOException {
    resolve(vector);
    for (int row = from; row < to; row++) {
      entry(0, row, 0, 0, 0);
      // Pages end between rows, and values go in order, so the run ends here as well.
      if ((row - from) % ColumnWriter.PIECE_VALUES == ColumnWriter.PIECE_VALUES - 1
          || runEnd - runStart >= ColumnWriter.PIECE_VALUES) {
        endRun();
        column.endPageIfFull();
      }
    }
    endRun();
    column.endPageIfFull();
  }

  private void resolve(FieldVector root) {
    vectors.clear();
    FieldVector vector = root;
    vectors.add(vector);
    for (int depth = 1; depth < path.size(); depth++) {
      vector =
          switch (vector) {
            case ListVector list -> list.getDataVector();
            case FixedSizeListVector list -> list.getDataVector();
            // By place: names within a struct need not be distinct for Arrow.
            case StructVector struct ->
                (FieldVector) struct.getChildByOrdinal(path.get(depth).ordinal());
            default -> throw new IllegalStateException("No children below " + vector.getField());
          };
      vectors.add(vector);
    }
  }

  private void entry(int depth, int index, int definition, int repetition, int lists) {
    FieldVector vector = vectors.get(depth);
    if (vector.isNull(index)) {
      column.addAbsent(definition, repetition);
      return;
    }
    Node node = path.get(depth);
    if (node.leaf()) {
      column.addPresent(repetition);
      value(index);
    } else if (node.list()) {
      items(depth, vector, index, definition + 1, repetition, lists + 1);
    } else {
      entry(depth + 1, index, definition + 1, repetition, lists);
    }
  }

  private void items(
      int depth, FieldVector vector, int index, int definition, int repetition, int lists) {
    int start;
    int end;
    if (vector instanceof FixedSizeListVector list) {
      start = index * list.getListSize();
      end = start + list.getListSize();
    } else {
      ListVector list = (ListVector) vector;
      start = list.getElementStartIndex(index);
      end = list.getElementEndIndex(index);
    }
    if (start == end) {
      column.addAbsent(definition, repetition);
      return;
    }
    for (int item = start; item < end; item++) {
      entry(depth + 1, item, definition + 1, item == start ? repetition : lists, lists);
    }
  }

  private void value(int index) {
    if (index == runEnd && runEnd > runStart) {
      runEnd++;
      return;
    }
    endRun();
    runStart = index;
    runEnd = index + 1;
  }

  private void endRun() {
    if (runEnd > runStart) {
      column.addValues(vectors.getLast(), runStart, runEnd);
    }
    runStart = 0;
    runEnd = 0;
  }
}
