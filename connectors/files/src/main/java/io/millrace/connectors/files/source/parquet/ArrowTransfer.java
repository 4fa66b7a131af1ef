package io.millrace.connectors.files.source.parquet;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.FixedSizeBinaryVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/** Takes vectors over under the fields of a stream, without copying what they hold. */
final class ArrowTransfer {
  private ArrowTransfer() {}

  /**
   * Returns vectors of these fields with the values of the first columns of a batch, which stays
   * valid. A UUID comes as sixteen bytes.
   *
   * @param bareNumbers the names of columns of JSON that may hold numbers that JSON does not have
   */
  static VectorSchemaRoot take(
      VectorSchemaRoot batch,
      List<Field> fields,
      Set<String> bareNumbers,
      BufferAllocator allocator) {
    List<FieldVector> vectors = new ArrayList<>(fields.size());
    try {
      for (int i = 0; i < fields.size(); i++) {
        FieldVector target = fields.get(i).createVector(allocator);
        vectors.add(target);
        FieldVector source = batch.getVector(i);
        if (target instanceof FixedSizeBinaryVector fixed) {
          copy((VarBinaryVector) source, fixed);
        } else if (bareNumbers.contains(fields.get(i).getName())
            && source instanceof VarCharVector texts
            && JsonNumbers.areBare(texts)) {
          JsonNumbers.quote(texts, (VarCharVector) target);
        } else {
          target.loadFieldBuffers(
              new ArrowFieldNode(batch.getRowCount(), source.getNullCount()),
              source.getFieldBuffers());
        }
      }
      return new VectorSchemaRoot(new Schema(fields), vectors, batch.getRowCount());
    } catch (RuntimeException | Error e) {
      vectors.forEach(FieldVector::close);
      throw e;
    }
  }

  private static void copy(VarBinaryVector source, FixedSizeBinaryVector target) {
    int rows = source.getValueCount();
    target.allocateNew(rows);
    for (int row = 0; row < rows; row++) {
      if (!source.isNull(row)) {
        target.set(row, source.get(row));
      }
    }
    target.setValueCount(rows);
  }
}
