package io.millrace.testkit.fake;

import io.millrace.spi.BatchWriter;
import io.millrace.spi.Commit;
import io.millrace.spi.Destination;
import io.millrace.spi.DestinationTraits;
import io.millrace.spi.EncodedLoader;
import io.millrace.spi.FinishReceipt;
import io.millrace.spi.LoadPlan;
import io.millrace.spi.RecordBatch;
import io.millrace.spi.RowEncoding;
import io.millrace.spi.StreamLoader;
import io.millrace.spi.TargetDescription;
import io.millrace.spi.TargetName;
import io.millrace.spi.WriteReceipt;
import io.millrace.testkit.arrow.Batches;
import io.millrace.testkit.arrow.Bytes;
import io.millrace.testkit.arrow.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** Does what another destination does, and also takes rows as {@link RowBytes}. */
public final class EncodingDestination implements Destination {
  private final Destination inner;
  private final BufferAllocator allocator;
  private final UnaryOperator<Row> change;
  private final AtomicLong encodedRows = new AtomicLong();

  /** Takes encoded rows as they are. */
  public EncodingDestination(Destination inner, BufferAllocator allocator) {
    this(inner, allocator, row -> row);
  }

  /**
   * Makes a destination.
   *
   * @param change what becomes of encoded rows: anything but themselves breaks the contract
   */
  public EncodingDestination(
      Destination inner, BufferAllocator allocator, UnaryOperator<Row> change) {
    this.inner = inner;
    this.allocator = allocator;
    this.change = change;
  }

  /** Returns how many rows came encoded. */
  public long encodedRows() {
    return encodedRows.get();
  }

  @Override
  public void check() throws InterruptedException {
    inner.check();
  }

  @Override
  public DestinationTraits traits() {
    return inner.traits();
  }

  @Override
  public TargetName identify(TargetName wanted) {
    return inner.identify(wanted);
  }

  @Override
  public TargetName distinguish(TargetName target, String mark) {
    return inner.distinguish(target, mark);
  }

  @Override
  public List<String> preview(LoadPlan plan) throws InterruptedException {
    return inner.preview(plan);
  }

  @Override
  public StreamLoader open(LoadPlan plan) throws InterruptedException {
    return new Loader(inner.open(plan), plan.schema());
  }

  @Override
  public void close() {
    inner.close();
  }

  private final class Loader implements EncodedLoader {
    private final StreamLoader loader;
    private final Schema schema;

    Loader(StreamLoader loader, Schema schema) {
      this.loader = loader;
      this.schema = schema;
    }

    @Override
    public TargetDescription target() {
      return loader.target();
    }

    @Override
    public List<Commit> commits() throws InterruptedException {
      return loader.commits();
    }

    @Override
    public void discard() throws InterruptedException {
      loader.discard();
    }

    @Override
    public BatchWriter writer(String partitionId, int ordinal) throws InterruptedException {
      return loader.writer(partitionId, ordinal);
    }

    @Override
    public boolean takes(RowEncoding encoding) {
      int count = encoding.columns().size();
      return count <= schema.getFields().size()
          && encoding.equals(EncodingSource.encoding(schema.getFields().subList(0, count)));
    }

    @Override
    public BatchWriter encodedWriter(RowEncoding encoding, String partitionId, int ordinal)
        throws InterruptedException {
      return new Writer(loader.writer(partitionId, ordinal), schema);
    }

    @Override
    public FinishReceipt finish() throws InterruptedException {
      return loader.finish();
    }

    @Override
    public void close() {
      loader.close();
    }
  }

  private final class Writer implements BatchWriter {
    private final BatchWriter writer;
    private final Schema schema;

    Writer(BatchWriter writer, Schema schema) {
      this.writer = writer;
      this.schema = schema;
    }

    @Override
    public WriteReceipt write(RecordBatch batch) throws InterruptedException {
      List<Row> rows = Batches.rows(batch).stream().map(Writer::decoded).map(change).toList();
      encodedRows.addAndGet(rows.size());
      try (RecordBatch decoded =
          new RecordBatch(Batches.root(allocator, schema, rows), batch.sourceBytes())) {
        return writer.write(decoded);
      }
    }

    private static Row decoded(Row row) {
      Bytes bytes = (Bytes) Objects.requireNonNull(row.get(0));
      List<@Nullable Object> values = new ArrayList<>(RowBytes.decode(bytes.toArray()).values());
      values.addAll(row.values().subList(1, row.size()));
      return new Row(values);
    }

    @Override
    public long commit(Commit commit) throws InterruptedException {
      return writer.commit(commit);
    }

    @Override
    public void close() {
      writer.close();
    }
  }
}
