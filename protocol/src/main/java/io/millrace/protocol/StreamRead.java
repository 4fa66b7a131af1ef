package io.millrace.protocol;

import io.millrace.protocol.ProtocolMessages.StreamStatus;
import io.millrace.spi.Checkpoint;
import io.millrace.spi.ConfiguredStream;
import io.millrace.spi.Partition;
import io.millrace.spi.PartitionProgress;
import io.millrace.spi.PartitionReader;
import io.millrace.spi.RecordBatch;
import io.millrace.spi.RejectedRow;
import io.millrace.spi.Resumption;
import io.millrace.spi.Source;
import io.millrace.spi.StreamPlan;
import io.millrace.spi.StreamState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One stream's part of a read. Used once, by one thread. */
final class StreamRead {
  private static final long STATE_EVERY_ROWS = 100_000;
  private static final int REJECTED_SHOWN_MAX = 100;

  private final Source source;
  private final ConfiguredStream stream;
  private final MessageWriter writer;
  private final ProtocolMessages messages;
  private final List<PartitionProgress> progress = new ArrayList<>();
  private @Nullable StreamState before;
  private long rowsSinceState;
  private long rejectedSinceState;
  private long rejectedShown;
  private boolean running;

  StreamRead(Source source, ConfiguredStream stream, MessageWriter writer) {
    this.source = source;
    this.stream = stream;
    this.writer = writer;
    this.messages = new ProtocolMessages(writer);
  }

  void run(@Nullable ReadState from) throws InterruptedException {
    StreamPlan plan = plan(from);
    estimate(plan);
    RecordLines lines = new RecordLines(writer, stream.name(), plan.schema());
    for (int i = 0; i < progress.size(); i++) {
      if (!progress.get(i).done()) {
        read(i, lines);
      }
    }
    StreamState next =
        stream.mode().incremental() ? source.advance(stream, before, List.copyOf(progress)) : null;
    state(new ReadState(next, List.of()));
  }

  private StreamPlan plan(@Nullable ReadState from) throws InterruptedException {
    boolean incremental = stream.mode().incremental();
    if (from != null && from.reading()) {
      before = from.state();
      Resumption resumption = source.resume(stream, before, from.progress());
      if (resumption instanceof Resumption.Continue) {
        Map<String, PartitionProgress> known = new HashMap<>();
        from.progress().forEach(one -> known.put(one.partition().id(), one));
        for (Partition partition : resumption.partitions()) {
          PartitionProgress one = known.get(partition.id());
          progress.add(
              one == null
                  ? new PartitionProgress(partition, null, false)
                  : new PartitionProgress(partition, one.checkpoint(), one.done()));
        }
        return resumption.plan();
      }
      begin(resumption.plan());
      return resumption.plan();
    }
    before = from == null || !incremental ? null : from.state();
    StreamPlan plan = source.plan(stream, before);
    begin(plan);
    return plan;
  }

  private void begin(StreamPlan plan) {
    plan.partitions().forEach(one -> progress.add(new PartitionProgress(one, null, false)));
  }

  private void estimate(StreamPlan plan) {
    long rows = 0;
    long bytes = 0;
    for (Partition partition : plan.partitions()) {
      rows = rows < 0 || partition.estimatedRows() < 0 ? -1 : rows + partition.estimatedRows();
      bytes = bytes < 0 || partition.estimatedBytes() < 0 ? -1 : bytes + partition.estimatedBytes();
    }
    if (rows >= 0 || bytes >= 0) {
      messages.estimate(stream.name(), rows, bytes);
    }
  }

  private void read(int index, RecordLines lines) throws InterruptedException {
    PartitionProgress begun = progress.get(index);
    try (PartitionReader reader = source.read(stream, begun.partition(), begun.checkpoint())) {
      while (true) {
        @Nullable RecordBatch next = reader.next();
        if (next == null) {
          break;
        }
        try (RecordBatch batch = next) {
          write(batch, lines);
        }
        Checkpoint checkpoint = rowsSinceState < STATE_EVERY_ROWS ? null : reader.checkpoint();
        if (checkpoint != null) {
          progress.set(index, new PartitionProgress(begun.partition(), checkpoint, false));
          state(new ReadState(before, progress));
        }
      }
      progress.set(index, new PartitionProgress(begun.partition(), reader.checkpoint(), true));
    }
    if (rowsSinceState >= STATE_EVERY_ROWS) {
      state(new ReadState(before, progress));
    }
  }

  private void write(RecordBatch batch, RecordLines lines) {
    if (!running) {
      running = true;
      messages.streamStatus(stream.name(), StreamStatus.RUNNING);
    }
    lines.write(batch.root());
    rowsSinceState += batch.rowCount();
    batch.rejected().forEach(this::rejected);
  }

  private void rejected(RejectedRow row) {
    rejectedSinceState++;
    if (++rejectedShown <= REJECTED_SHOWN_MAX) {
      messages.log(
          "WARN",
          "Row at "
              + row.position()
              + " of stream "
              + stream.name().display()
              + " cannot be carried"
              + (row.column() == null ? "" : " (column " + row.column() + ")")
              + ": "
              + row.reason());
    }
  }

  private void state(ReadState state) {
    writer.message(
        "STATE",
        json -> {
          json.writeObjectFieldStart("state");
          json.writeStringField("type", "STREAM");
          json.writeObjectFieldStart("stream");
          ProtocolMessages.descriptor(json, stream.name());
          json.writePOJOField("stream_state", state.encode());
          json.writeEndObject();
          json.writeObjectFieldStart("sourceStats");
          json.writeNumberField("recordCount", rowsSinceState);
          json.writeNumberField("rejectedRecordCount", rejectedSinceState);
          json.writeEndObject();
          json.writeEndObject();
        });
    rowsSinceState = 0;
    rejectedSinceState = 0;
  }
}
