package io.millrace.connectors.files.format.parquet;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.LongSupplier;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Writes one Parquet file. A row group is held in memory, compressed, until it is large enough. For
 * one thread.
 */
public final class ParquetFileWriter {
  private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);

  private final OutputStream out;
  private final LongSupplier rowGroupBytesMax;
  private final FooterWriter footer;
  private final List<Column> columns = new ArrayList<>();
  private long position;
  private long groupRows;

  /** A leaf: flat, when it is a field of the schema itself. */
  private record Column(int field, ColumnWriter writer, Shredder shredder, boolean flat) {
    void add(FieldVector vector, int from, int to) throws IOException {
      if (flat) {
        writer.addFlat(vector, from, to);
      } else {
        shredder.add(vector, from, to);
      }
    }
  }

  /**
   * Begins a file.
   *
   * @param out takes the bytes, in order; the caller closes it
   * @param rowGroupBytesMax is asked after each batch: the size at which a row group ends now,
   *     which may be smaller than that of the options while memory is short
   */
  public ParquetFileWriter(
      OutputStream out, Schema schema, ParquetOptions options, LongSupplier rowGroupBytesMax)
      throws IOException {
    this.out = out;
    this.rowGroupBytesMax = rowGroupBytesMax;
    List<Node> nodes = Node.of(schema);
    this.footer = new FooterWriter(nodes, options.codec());
    ColumnWriter.Shared shared =
        new ColumnWriter.Shared(
            new PageCompressor(options.codec()), new PageBytes(), new Scratch());
    for (int field = 0; field < nodes.size(); field++) {
      for (List<Node> path : nodes.get(field).leafPaths()) {
        ColumnWriter writer = new ColumnWriter(path, options, shared);
        columns.add(new Column(field, writer, new Shredder(path, writer), path.size() == 1));
      }
    }
    write(MAGIC, MAGIC.length);
  }

  /**
   * Adds rows.
   *
   * @param skip the indexes of rows to leave out
   */
  public void add(VectorSchemaRoot root, BitSet skip) throws IOException {
    int rows = root.getRowCount();
    int from = skip.nextClearBit(0);
    while (from < rows) {
      int next = skip.nextSetBit(from);
      int to = next < 0 ? rows : Math.min(next, rows);
      for (Column column : columns) {
        column.add(root.getVector(column.field()), from, to);
      }
      groupRows += to - from;
      from = skip.nextClearBit(to);
    }
    if (bytesHeld() >= rowGroupBytesMax.getAsLong()) {
      endGroup();
    }
  }

  /** Returns the bytes that are written or held in memory. */
  public long size() {
    return position + bytesHeld();
  }

  private long bytesHeld() {
    long bytes = 0;
    for (Column column : columns) {
      bytes += column.writer().bytesHeld();
    }
    return bytes;
  }

  private void endGroup() throws IOException {
    if (groupRows == 0) {
      return;
    }
    long offset = position;
    List<ChunkInfo> chunks = new ArrayList<>();
    for (Column column : columns) {
      ChunkInfo chunk = column.writer().endChunk(out, position);
      position += chunk.compressedBytes();
      chunks.add(chunk);
    }
    footer.addGroup(groupRows, offset, chunks);
    groupRows = 0;
  }

  /** Writes what is held and the footer. Called once, last. */
  public void finish() throws IOException {
    endGroup();
    PageBytes bytes = new PageBytes();
    footer.write(bytes);
    bytes.putInt(bytes.size());
    write(bytes.array(), bytes.size());
    write(MAGIC, MAGIC.length);
  }

  private void write(byte[] bytes, int length) throws IOException {
    out.write(bytes, 0, length);
    position += length;
  }
}
