package io.millrace.benchmarks;

import io.millrace.connectors.postgres.decode.CopyCollector;
import io.millrace.connectors.postgres.decode.CopyDecoder;
import io.millrace.connectors.postgres.destination.copy.CopyBuffer;
import io.millrace.connectors.postgres.destination.copy.RowEncoder;
import io.millrace.connectors.postgres.destination.table.PgType;
import io.millrace.connectors.postgres.destination.table.PgType.Family;
import io.millrace.connectors.postgres.destination.table.TargetColumn;
import io.millrace.spi.RecordBatch;
import io.millrace.spi.type.Fields;
import io.millrace.spi.type.LogicalType;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.types.pojo.Field;
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

/** Arrow's vectors into PostgreSQL's binary COPY: the time and the bytes on the heap for a row. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class CopyEncoding {
  private static final int ROWS = 20_000;
  private static final int PRICE_DIGITS = 15;
  private static final int PRICE_SCALE = 2;

  private final BufferAllocator allocator = new RootAllocator();
  private final RowEncoder encoder =
      RowEncoder.of(OrderRows.SCHEMA.getFields().stream().map(CopyEncoding::column).toList());
  private List<RecordBatch> batches = List.of();
  private long bytes;

  /** Decodes the rows that are to be encoded again. */
  @Setup(Level.Trial)
  public void write() {
    CopyCollector.Bounds bounds = new CopyCollector.Bounds(Long.MAX_VALUE >> 8, ROWS, 200);
    try (CopyDecoder decoder =
        new CopyDecoder(OrderRows.SCHEMA, Set.of(), allocator, bounds, null)) {
      for (byte[] message : OrderRows.messages(ROWS)) {
        decoder.add(message, 0, message.length);
      }
      batches = List.of(decoder.take());
    }
  }

  /** Ends the memory. */
  @TearDown(Level.Trial)
  public void end() {
    batches.forEach(RecordBatch::close);
    allocator.close();
  }

  /** Encodes every row; returns the number of bytes. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public long encode() throws SQLException {
    bytes = 0;
    CopyBuffer out = new CopyBuffer((_, _, length) -> bytes += length);
    encoder.putHeader(out);
    for (RecordBatch batch : batches) {
      encoder.bind(batch.root(), 0);
      for (int row = 0; row < batch.rowCount(); row++) {
        encoder.put(row, out);
      }
    }
    encoder.putTrailer(out);
    out.flush();
    return bytes;
  }

  private static TargetColumn column(Field field) {
    LogicalType type = Fields.typeOf(field);
    return new TargetColumn(field.getName(), field.getName(), type, target(type));
  }

  private static PgType target(LogicalType type) {
    return switch (type) {
      case LogicalType.Int(int bits) when bits == 64 -> plain("bigint", Family.INT8);
      case LogicalType.Int _ -> plain("integer", Family.INT4);
      case LogicalType.Decimal _ ->
          new PgType("numeric(15,2)", Family.NUMERIC, PRICE_DIGITS, PRICE_SCALE);
      case LogicalType.Date() -> plain("date", Family.DATE);
      case LogicalType.TimestampTz() -> plain("timestamp with time zone", Family.TIMESTAMPTZ);
      default -> plain("text", Family.TEXT);
    };
  }

  private static PgType plain(String sql, Family family) {
    return new PgType(sql, family, PgType.UNLIMITED, 0);
  }
}
