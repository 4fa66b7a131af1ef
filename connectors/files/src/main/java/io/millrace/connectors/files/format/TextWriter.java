package io.millrace.connectors.files.format;

import io.millrace.codec.ByteSink;
import java.io.IOException;
import java.io.OutputStream;
import java.util.BitSet;
import java.util.zip.GZIPOutputStream;
import org.apache.arrow.vector.VectorSchemaRoot;

/** Writes a file of lines. */
final class TextWriter implements FormatWriter {
  private static final int CHUNK_BYTES = 1 << 16;

  private final Counter counter;
  private final OutputStream out;
  private final TextRows rows;
  private final ByteSink chunk = new ByteSink(CHUNK_BYTES * 2);

  TextWriter(OutputStream target, TextRows rows, boolean gzip) throws IOException {
    this.counter = new Counter(target);
    this.out = gzip ? new GZIPOutputStream(counter, CHUNK_BYTES) : counter;
    this.rows = rows;
    rows.header(chunk);
  }

  @Override
  public void add(VectorSchemaRoot root, BitSet skip) throws IOException {
    TextRows.Lines lines = rows.bind(root);
    for (int row = skip.nextClearBit(0);
        row < root.getRowCount();
        row = skip.nextClearBit(row + 1)) {
      lines.write(row, chunk);
      if (chunk.size() >= CHUNK_BYTES) {
        flush();
      }
    }
  }

  private void flush() throws IOException {
    chunk.writeTo(out);
    chunk.clear();
  }

  @Override
  public long size() {
    return counter.bytes + chunk.size();
  }

  @Override
  public void finish() throws IOException {
    flush();
    if (out instanceof GZIPOutputStream gzip) {
      gzip.finish();
    }
  }

  @Override
  public void close() {}

  /** Counts what passes. */
  private static final class Counter extends OutputStream {
    private final OutputStream out;
    private long bytes;

    Counter(OutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
      out.write(source, offset, length);
      bytes += length;
    }
  }
}
