package io.millrace.testkit.fake;

import io.millrace.spi.Checkpoint;
import io.millrace.spi.ConfiguredStream;
import io.millrace.spi.EncodedSource;
import io.millrace.spi.Partition;
import io.millrace.spi.PartitionProgress;
import io.millrace.spi.PartitionReader;
import io.millrace.spi.RecordBatch;
import io.millrace.spi.Resumption;
import io.millrace.spi.RowEncoding;
import io.millrace.spi.Source;
import io.millrace.spi.StreamDescriptor;
import io.millrace.spi.StreamPlan;
import io.millrace.spi.StreamState;
import io.millrace.spi.type.Fields;
import io.millrace.testkit.arrow.Batches;
import io.millrace.testkit.arrow.Bytes;
import io.millrace.testkit.arrow.Row;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** Does what another source does, and also hands rows over as {@link RowBytes}. */
public final class EncodingSource implements EncodedSource {
  private static final Schema ROWS = new Schema(List.of(RowEncoding.ROW));

  private final Source inner;
  private final BufferAllocator allocator;
  private final Map<ConfiguredStream, RowEncoding> encodings = new ConcurrentHashMap<>();

  public EncodingSource(Source inner, BufferAllocator allocator) {
    this.inner = inner;
    this.allocator = allocator;
  }

  /** Returns the encoding of rows of some fields. */
  static RowEncoding encoding(List<Field> fields) {
    return new RowEncoding(
        RowBytes.FORMAT, fields.stream().map(field -> Fields.typeOf(field).display()).toList());
  }

  @Override
  public void check() throws InterruptedException {
    inner.check();
  }

  @Override
  public void discover(Consumer<StreamDescriptor> found) throws InterruptedException {
    inner.discover(found);
  }

  @Override
  public StreamPlan plan(ConfiguredStream stream, @Nullable StreamState state)
      throws InterruptedException {
    StreamPlan plan = inner.plan(stream, state);
    encodings.put(stream, encoding(plan.schema().getFields()));
    return plan;
  }

  @Override
  public Resumption resume(
      ConfiguredStream stream, @Nullable StreamState state, List<PartitionProgress> progress)
      throws InterruptedException {
    Resumption answer = inner.resume(stream, state, progress);
    encodings.put(stream, encoding(answer.plan().schema().getFields()));
    return answer;
  }

  @Override
  public PartitionReader read(
      ConfiguredStream stream, Partition partition, @Nullable Checkpoint from)
      throws InterruptedException {
    return inner.read(stream, partition, from);
  }

  @Override
  public @Nullable RowEncoding encoding(ConfiguredStream stream) {
    return encodings.get(stream);
  }

  @Override
  public PartitionReader readEncoded(
      ConfiguredStream stream, Partition partition, @Nullable Checkpoint from)
      throws InterruptedException {
    return new Reader(inner.read(stream, partition, from), allocator);
  }

  @Override
  public StreamState advance(
      ConfiguredStream stream, @Nullable StreamState before, List<PartitionProgress> finished) {
    return inner.advance(stream, before, finished);
  }

  @Override
  public void close() {
    inner.close();
  }

  private record Reader(PartitionReader inner, BufferAllocator allocator)
      implements PartitionReader {
    @Override
    public @Nullable RecordBatch next() throws InterruptedException {
      RecordBatch batch = inner.next();
      if (batch == null) {
        return null;
      }
      try (batch) {
        List<Row> rows =
            Batches.rows(batch).stream()
                .map(row -> Row.of(Bytes.of(RowBytes.encode(row))))
                .toList();
        return new RecordBatch(
            Batches.root(allocator, ROWS, rows), batch.sourceBytes(), batch.rejected());
      }
    }

    @Override
    public @Nullable Checkpoint checkpoint() {
      return inner.checkpoint();
    }

    @Override
    public void close() {
      inner.close();
    }
  }
}
