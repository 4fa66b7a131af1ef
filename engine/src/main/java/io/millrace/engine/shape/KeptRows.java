package io.millrace.engine.shape;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;

/** Some rows of vectors. */
public final class KeptRows {
  private KeptRows() {}

  /** Returns copies that have these rows alone; the caller owns them, and still the originals. */
  public static List<FieldVector> copy(
      List<FieldVector> vectors, BitSet kept, BufferAllocator allocator) {
    List<FieldVector> copies = new ArrayList<>(vectors.size());
    try {
      for (FieldVector vector : vectors) {
        FieldVector copy = vector.getField().createVector(allocator);
        copies.add(copy);
        fill(copy, vector, kept);
      }
      return copies;
    } catch (RuntimeException e) {
      copies.forEach(FieldVector::close);
      throw e;
    }
  }

  private static void fill(FieldVector copy, FieldVector vector, BitSet kept) {
    int rows = kept.cardinality();
    copy.setInitialCapacity(rows);
    copy.allocateNew();
    int at = 0;
    for (int row = kept.nextSetBit(0); row >= 0; row = kept.nextSetBit(row + 1)) {
      copy.copyFromSafe(row, at++, vector);
    }
    copy.setValueCount(rows);
  }
}
