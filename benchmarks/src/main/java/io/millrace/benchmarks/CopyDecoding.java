package io.millrace.benchmarks;

import io.millrace.connectors.postgres.decode.CopyCollector;
import io.millrace.connectors.postgres.decode.CopyDecoder;
import io.millrace.spi.RecordBatch;
import io.millrace.spi.Tuning;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** PostgreSQL's binary COPY into Arrow's vectors: the time and the bytes on the heap for a row. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class CopyDecoding {
  private static final int ROWS = 20_000;

  private final BufferAllocator allocator = new RootAllocator();
  private byte[][] messages = {};

  /** Writes the rows. */
  @Setup(Level.Trial)
  public void write() {
    messages = OrderRows.messages(ROWS);
  }

  /** Ends the memory. */
  @TearDown(Level.Trial)
  public void end() {
    allocator.close();
  }

  /** Decodes every row; returns their number. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public long decode() {
    CopyCollector.Bounds bounds =
        new CopyCollector.Bounds(
            Tuning.DEFAULT.batchBytesTarget(), Tuning.DEFAULT.batchRowsMax(), 200);
    long rows = 0;
    try (CopyDecoder decoder =
        new CopyDecoder(OrderRows.SCHEMA, Set.of(), allocator, bounds, null)) {
      for (byte[] message : messages) {
        decoder.add(message, 0, message.length);
        if (decoder.full()) {
          rows += take(decoder);
        }
      }
      return rows + take(decoder);
    }
  }

  private static int take(CopyDecoder decoder) {
    try (RecordBatch batch = decoder.take()) {
      return batch.rowCount();
    }
  }
}
