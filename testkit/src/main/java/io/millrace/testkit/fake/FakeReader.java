package io.millrace.testkit.fake;

import io.millrace.spi.Checkpoint;
import io.millrace.spi.ConnectorContext;
import io.millrace.spi.PartitionReader;
import io.millrace.spi.RecordBatch;
import io.millrace.spi.RejectedRow;
import io.millrace.spi.SystemException;
import io.millrace.testkit.arrow.Batches;
import io.millrace.testkit.arrow.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** Reads a range of slots in batches. */
final class FakeReader implements PartitionReader {
  private final FakeTable table;
  private final Schema schema;
  private final SlotRange range;
  private final FakeSourceOptions options;
  private final FaultPlan faults;
  private final ConnectorContext context;
  private final CountDownLatch closed = new CountDownLatch(1);
  private List<FakeTable.SlotRow> last = List.of();
  private int nextSlot;
  private int batches;
  private boolean ended;

  FakeReader(
      FakeTable table,
      Schema schema,
      SlotRange range,
      @Nullable Checkpoint from,
      FakeSourceOptions options,
      FaultPlan faults,
      ConnectorContext context) {
    this.table = table;
    this.schema = schema;
    this.range = range;
    this.options = options;
    this.faults = faults;
    this.context = context;
    this.nextSlot = range.start(from);
  }

  @Override
  public @Nullable RecordBatch next() throws InterruptedException {
    if (ended || closed.getCount() == 0) {
      throw new SystemException("fake_grammar", "next was called after the end.");
    }
    if (faults.pass(Step.NEXT, closed) && !last.isEmpty()) {
      return batch(last);
    }
    last = fitting(table.read(nextSlot, range.to(), range.asOf(), rowsMax()));
    if (last.isEmpty()) {
      nextSlot = range.to();
      ended = true;
      return null;
    }
    nextSlot = last.getLast().slot() + 1;
    batches++;
    return batch(last);
  }

  @Override
  public @Nullable Checkpoint checkpoint() {
    faults.pass(Step.CHECKPOINT);
    int every = options.checkpointEvery();
    if (!ended && (every == 0 || batches % every != 0)) {
      return null;
    }
    return SlotRange.checkpoint(nextSlot);
  }

  @Override
  public void close() {
    closed.countDown();
  }

  private int rowsMax() {
    return Math.min(options.batchRows(), context.tuning().batchRowsMax());
  }

  /** Returns the first rows, up to the size a batch aims at; at least one of them. */
  private List<FakeTable.SlotRow> fitting(List<FakeTable.SlotRow> slots) {
    long bytes = 0;
    for (int i = 0; i < slots.size(); i++) {
      bytes += slots.get(i).row().toString().length();
      if (bytes > context.tuning().batchBytesTarget() && i > 0) {
        return slots.subList(0, i);
      }
    }
    return slots;
  }

  private RecordBatch batch(List<FakeTable.SlotRow> slots) {
    List<String> names = table.schema().getFields().stream().map(f -> f.getName()).toList();
    List<Integer> picked =
        schema.getFields().stream().map(field -> names.indexOf(field.getName())).toList();
    List<Row> rows = new ArrayList<>();
    List<RejectedRow> rejected = new ArrayList<>();
    long bytes = 0;
    for (FakeTable.SlotRow slot : slots) {
      bytes += slot.row().toString().length();
      if (options.unreadable().test(slot.row())) {
        rejected.add(
            new RejectedRow(
                "slot " + slot.slot(), null, "The fake cannot read it.", slot.row().toString()));
      } else {
        rows.add(slot.row().pick(picked));
      }
    }
    return new RecordBatch(Batches.root(context.allocator(), schema, rows), bytes, rejected);
  }
}
