package io.millrace.spi;

import java.util.List;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * A stream as its source offers it.
 *
 * @param name the stream's name
 * @param schema every field, in the source's order, made by {@link io.millrace.spi.type.Fields}; a
 *     stream without any has nothing to carry: syncs leave it out with a notice
 * @param primaryKey the names of the fields that identify a row; empty where there is none
 * @param cursorFields the fields that may serve as a cursor, best first; empty where there is none
 * @param sourceDefinedCursor the source finds what is new by itself; no cursor field is needed
 * @param incremental the stream can be read incrementally
 * @param estimatedRows a guess of the number of rows, or -1
 * @param estimatedBytes a guess of the size in bytes, or -1
 */
public record StreamDescriptor(
    StreamName name,
    Schema schema,
    List<String> primaryKey,
    List<String> cursorFields,
    boolean sourceDefinedCursor,
    boolean incremental,
    long estimatedRows,
    long estimatedBytes) {
  public StreamDescriptor {
    primaryKey = List.copyOf(primaryKey);
    cursorFields = List.copyOf(cursorFields);
  }

  /** Tells whether there is something to carry. */
  public boolean hasFields() {
    return !schema.getFields().isEmpty();
  }
}
