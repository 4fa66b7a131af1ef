package io.millrace.testkit.contract.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.Checkpoint;
import io.millrace.spi.ConfiguredStream;
import io.millrace.spi.Partition;
import io.millrace.spi.PartitionProgress;
import io.millrace.spi.PartitionReader;
import io.millrace.spi.RecordBatch;
import io.millrace.spi.RejectedRow;
import io.millrace.spi.Source;
import io.millrace.testkit.arrow.Batches;
import io.millrace.testkit.arrow.Row;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** One partition of a {@link Reading}. */
final class Piece {
  private final SourceProbe probe;
  private final Partition partition;
  private final List<Row> durable = new ArrayList<>();
  private final List<Row> pending = new ArrayList<>();
  private final List<RejectedRow> durableRejected = new ArrayList<>();
  private final List<RejectedRow> pendingRejected = new ArrayList<>();
  private @Nullable PartitionReader reader;
  private @Nullable Checkpoint checkpoint;
  private boolean done;
  private int batches;

  Piece(SourceProbe probe, Partition partition) {
    this.probe = probe;
    this.partition = partition;
  }

  Piece inheritedBy(Partition resumed) {
    Piece heir = new Piece(probe, resumed);
    heir.durable.addAll(durable);
    heir.durableRejected.addAll(durableRejected);
    heir.checkpoint = checkpoint;
    heir.done = done;
    return heir;
  }

  Partition partition() {
    return partition;
  }

  boolean done() {
    return done;
  }

  int batches() {
    return batches;
  }

  PartitionProgress progress() {
    return new PartitionProgress(partition, checkpoint, done);
  }

  List<Row> rows() {
    List<Row> rows = new ArrayList<>(durable);
    rows.addAll(pending);
    return rows;
  }

  List<RejectedRow> rejected() {
    List<RejectedRow> rejected = new ArrayList<>(durableRejected);
    rejected.addAll(pendingRejected);
    return rejected;
  }

  void step(Source source, ConfiguredStream stream, Schema schema) throws InterruptedException {
    if (reader == null) {
      reader = source.read(stream, partition, checkpoint);
    }
    PartitionReader open = reader;
    try (RecordBatch batch = open.next()) {
      done = batch == null;
      if (batch != null) {
        take(batch, schema);
      }
    }
    cover(open.checkpoint());
    if (done) {
      close();
    }
  }

  private void take(RecordBatch batch, Schema schema) {
    assertThat(batch.root().getSchema()).as("a batch has the plan's schema").isEqualTo(schema);
    assertThat(batch.rowCount())
        .as("a batch has at most Tuning.batchRowsMax rows")
        .isLessThanOrEqualTo(probe.fixture().tuning().batchRowsMax());
    assertThat(batch.sourceBytes()).as("bytes read").isGreaterThanOrEqualTo(0);
    batch.root().getFieldVectors().forEach(this::checkAllocator);
    pending.addAll(Batches.rows(batch));
    pendingRejected.addAll(batch.rejected());
    batches++;
  }

  private void checkAllocator(FieldVector vector) {
    BufferAllocator allocator = vector.getAllocator();
    BufferAllocator parent = allocator.getParentAllocator();
    while (parent != null) {
      allocator = parent;
      parent = allocator.getParentAllocator();
    }
    assertThat(allocator)
        .as("the buffers of %s come from the context's allocator", vector.getName())
        .isSameAs(probe.bench().allocator());
  }

  private void cover(@Nullable Checkpoint reached) {
    assertThat(done && reached == null)
        .as("the reader of %s has no checkpoint at its end", partition.id())
        .isFalse();
    if (reached == null) {
      return;
    }
    Reading.checkToken(probe, "checkpoint", reached.token());
    checkpoint = reached;
    durable.addAll(pending);
    durableRejected.addAll(pendingRejected);
    pending.clear();
    pendingRejected.clear();
  }

  void close() {
    if (reader != null) {
      reader.close();
      reader = null;
    }
  }
}
