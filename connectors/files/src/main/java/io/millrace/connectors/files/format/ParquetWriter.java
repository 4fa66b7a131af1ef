package io.millrace.connectors.files.format;

import io.millrace.connectors.files.format.parquet.ParquetFileWriter;
import io.millrace.connectors.files.format.parquet.ParquetOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.util.BitSet;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;

/** Writes a Parquet file, with row groups as large as the memory of all such writers allows. */
final class ParquetWriter implements FormatWriter {
  private final ParquetFileWriter writer;
  private final RowGroupMemory.Share share;

  ParquetWriter(OutputStream out, Schema schema, ParquetOptions options) throws IOException {
    share = RowGroupMemory.share(options.rowGroupBytes());
    writer = new ParquetFileWriter(out, schema, options, share::bytes);
  }

  @Override
  public void add(VectorSchemaRoot root, BitSet skip) throws IOException {
    writer.add(root, skip);
  }

  @Override
  public long size() {
    return writer.size();
  }

  @Override
  public void finish() throws IOException {
    writer.finish();
  }

  @Override
  public void close() {
    share.close();
  }
}
