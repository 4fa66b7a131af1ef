package io.millrace.protocol;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.codec.JsonRowReader;
import io.millrace.codec.JsonSchemas;
import io.millrace.codec.Misfit;
import io.millrace.engine.shape.BatchShaper;
import io.millrace.engine.shape.Shaped;
import io.millrace.engine.shape.SyncIds;
import io.millrace.engine.shape.TakenNames;
import io.millrace.spi.BatchWriter;
import io.millrace.spi.Commit;
import io.millrace.spi.ConfigException;
import io.millrace.spi.ConnectorContext;
import io.millrace.spi.Destination;
import io.millrace.spi.LoadPlan;
import io.millrace.spi.RecordBatch;
import io.millrace.spi.RejectedRow;
import io.millrace.spi.StreamLoader;
import io.millrace.spi.StreamName;
import io.millrace.spi.SystemException;
import io.millrace.spi.Tally;
import io.millrace.spi.WriteReceipt;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * One stream's part of a write: rows become batches, batches are written and committed, and only
 * then the states behind them are answered. For one thread.
 */
final class StreamWrite implements AutoCloseable {
  private static final String PARTITION = "stdin";
  private static final int BATCH_ROWS_MAX = 65_536;

  private final Destination destination;
  private final ConnectorContext context;
  private final ProtocolMessages messages;
  private final LoadPlan plan;
  private final Schema schema;
  private final EmittedClock emitted;
  private final BatchShaper shaper;
  private final RejectedRows rejected;
  private final Queue<ObjectNode> states = new ArrayDeque<>();
  private @Nullable StreamLoader loader;
  private @Nullable BatchWriter writer;
  private @Nullable VectorSchemaRoot root;
  private @Nullable JsonRowReader rows;
  private int rowCount;
  private long batchBytes;
  private long uncommittedRows;
  private long uncommittedBytes;
  private long rowsSinceState;
  private long sequence;
  private Tally tally = Tally.ZERO;
  private boolean failed;

  StreamWrite(
      Destination destination,
      ConnectorContext context,
      ConfiguredEntry entry,
      ProtocolMessages messages) {
    this.destination = destination;
    this.context = context;
    this.messages = messages;
    this.schema = JsonSchemas.parse(entry.jsonSchema());
    requireFreeNames(entry.name());
    this.emitted = new EmittedClock(context.clock());
    this.rejected = new RejectedRows(entry.name(), messages);
    long syncId = entry.syncId() > 0 ? entry.syncId() : context.clock().instant().getEpochSecond();
    this.shaper =
        BatchShaper.of(
            destination.traits(),
            schema,
            LoadPlans.key(entry),
            new SyncIds(syncId, entry.generationId()),
            emitted,
            context.allocator());
    this.plan = LoadPlans.of(destination, entry, shaper.schema(), syncId);
  }

  private void requireFreeNames(StreamName name) {
    List<String> columns = schema.getFields().stream().map(Field::getName).toList();
    @Nullable ConfigException taken = TakenNames.problem(destination.traits(), name, columns);
    if (taken != null) {
      throw taken;
    }
  }

  /** Takes one row; it may be written at once or later. */
  void row(byte[] bytes, InputMessage.Row message) throws InterruptedException {
    if (rows == null || root == null) {
      root = VectorSchemaRoot.create(schema, context.allocator());
      rows = JsonRowReader.into(root, JsonRowReader.UnknownKeys.IGNORE);
      emitted.set(message.emittedAt());
    }
    Misfit misfit = rows.read(bytes, message.offset(), message.length(), rowCount);
    rowsSinceState++;
    tally = tally.plus(new Tally(1, 0, 0, 0, message.length()));
    batchBytes += message.length();
    if (misfit == null) {
      rowCount++;
    } else {
      refused(misfit.at("record " + tally.rowsRead()));
    }
    if (rowCount >= BATCH_ROWS_MAX || batchBytes >= context.tuning().batchBytesTarget()) {
      flush();
    }
  }

  /** Keeps a state until everything before it is durable. */
  void state(ObjectNode message) {
    states.add(message);
  }

  /** Returns the bytes of rows that are not written yet. */
  long bufferedBytes() {
    return batchBytes;
  }

  /** Returns the bytes of rows that are not durable yet. */
  long uncommittedBytes() {
    return uncommittedBytes + batchBytes;
  }

  /** Tells whether states wait for their rows. */
  boolean statesWait() {
    return !states.isEmpty();
  }

  /** Tells whether the destination holds something open for this stream. */
  boolean open() {
    return loader != null;
  }

  /** Writes what is buffered. */
  void flush() throws InterruptedException {
    VectorSchemaRoot full = root;
    if (full == null) {
      return;
    }
    root = null;
    rows = null;
    full.setRowCount(rowCount);
    RecordBatch batch = new RecordBatch(full, batchBytes);
    uncommittedBytes += batchBytes;
    rowCount = 0;
    batchBytes = 0;
    if (batch.rowCount() == 0) {
      batch.close();
      return;
    }
    try (Shaped shaped = shaper.shape(batch, PARTITION, tally.rowsRead())) {
      shaped.rejected().forEach(this::refused);
      WriteReceipt receipt = writer().write(shaped.batch());
      receipt.rejected().forEach(this::refused);
      uncommittedRows += receipt.rowsTaken();
      tally = tally.plus(new Tally(0, receipt.rowsTaken(), 0, 0, 0));
    }
  }

  /** Makes everything durable and answers the states that waited for it. */
  void commit() throws InterruptedException {
    flush();
    if (uncommittedRows > 0) {
      commit(false);
    }
    answer();
  }

  /** Ends the stream: publishes everything that was written. */
  void finish() throws InterruptedException {
    flush();
    commit(true);
    closeWriter();
    loader().finish();
    answer();
    close();
  }

  /** Gives back what the destination holds open; rows are durable first. */
  void rest() throws InterruptedException {
    commit();
    close();
  }

  /** Marks the stream as one that no more rows are taken of. */
  void fail() {
    failed = true;
    states.clear();
    discardBatch();
    close();
  }

  boolean failed() {
    return failed;
  }

  @Override
  public void close() {
    closeWriter();
    discardBatch();
    if (loader != null) {
      loader.close();
      loader = null;
    }
  }

  private void commit(boolean done) throws InterruptedException {
    long durable = writer().commit(new Commit(PARTITION, sequence + 1, null, done, tally));
    if (durable != uncommittedRows) {
      throw new SystemException(
          "rows_miscounted",
          "The destination counted "
              + durable
              + " rows where "
              + uncommittedRows
              + " were written. Please report this.");
    }
    sequence++;
    uncommittedRows = 0;
    uncommittedBytes = 0;
  }

  private void answer() {
    while (!states.isEmpty()) {
      messages.answer(
          states.remove(), rowsSinceState - rejected.sinceState(), rejected.sinceState());
      rowsSinceState = 0;
      rejected.answered();
    }
  }

  private void refused(RejectedRow row) {
    rejected.add(row);
    tally = tally.plus(new Tally(0, 0, 0, 1, 0));
  }

  private StreamLoader loader() throws InterruptedException {
    if (loader == null) {
      loader = destination.open(plan);
      List<Commit> commits = new ArrayList<>(loader.commits());
      for (Commit commit : commits) {
        if (commit.partitionId().equals(PARTITION) && commit.sequence() > sequence) {
          sequence = commit.sequence();
          tally = tally.plus(commit.tally());
        }
      }
    }
    return loader;
  }

  private BatchWriter writer() throws InterruptedException {
    if (writer == null) {
      writer = loader().writer(PARTITION, 0);
    }
    return writer;
  }

  private void closeWriter() {
    if (writer != null) {
      writer.close();
      writer = null;
    }
  }

  private void discardBatch() {
    if (root != null) {
      root.close();
      root = null;
      rows = null;
      rowCount = 0;
      batchBytes = 0;
    }
  }
}
