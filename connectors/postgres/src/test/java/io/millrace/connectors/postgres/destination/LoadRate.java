package io.millrace.connectors.postgres.destination;

import io.millrace.connectors.postgres.destination.copy.CopyBuffer;
import io.millrace.connectors.postgres.destination.copy.RowEncoder;
import io.millrace.connectors.postgres.destination.table.PgType;
import io.millrace.connectors.postgres.destination.table.TargetColumn;
import io.millrace.spi.BatchWriter;
import io.millrace.spi.LoadPlan;
import io.millrace.spi.RecordBatch;
import io.millrace.spi.StreamLoader;
import io.millrace.spi.WriteMode;
import io.millrace.spi.type.Fields;
import io.millrace.spi.type.LogicalType;
import io.millrace.testkit.arrow.Batches;
import io.millrace.testkit.arrow.Row;
import io.millrace.testkit.servers.PostgresServer;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Measures rows and CPU seconds of a load: the encoder alone, then the whole writer. Run by hand;
 * no test asserts a time.
 */
public final class LoadRate {
  private static final int BATCH_ROWS = 20_000;
  private static final int BATCHES = 150;
  private static final Schema SCHEMA =
      new Schema(
          List.of(
              Fields.of("id", new LogicalType.Int(64)),
              Fields.of("customer", new LogicalType.Int(64)),
              Fields.of("quantity", new LogicalType.Int(32)),
              Fields.of("status", new LogicalType.Int(32)),
              Fields.of("price", new LogicalType.Decimal(15, 2)),
              Fields.of("tax", new LogicalType.Decimal(15, 2)),
              Fields.of("name", new LogicalType.Text()),
              Fields.of("address", new LogicalType.Text()),
              Fields.of("note", new LogicalType.Text()),
              Fields.of("day", new LogicalType.Date()),
              Fields.of("made", new LogicalType.TimestampTz()),
              Fields.of("changed", new LogicalType.TimestampTz())));

  private LoadRate() {}

  /** Runs both measurements a few times. */
  public static void main(String[] arguments) throws Exception {
    try (BufferAllocator allocator = new RootAllocator();
        RecordBatch batch = Batches.batch(allocator, SCHEMA, rows())) {
      for (int run = 0; run < 3; run++) {
        encode(batch);
      }
      try (PostgresServer server =
              PostgresServer.builder()
                  .setting("fsync", "off")
                  .setting("shared_buffers", "512MB")
                  .setting("max_wal_size", "8GB")
                  .start();
          Rig rig = new Rig(server, server.newDatabase(), allocator, Map.of())) {
        for (int run = 0; run < 3; run++) {
          load(rig, batch, run + 1);
        }
      }
    }
  }

  private static void encode(RecordBatch batch) throws Exception {
    List<TargetColumn> columns = new ArrayList<>();
    PgType.Family[] families = {
      PgType.Family.INT8, PgType.Family.INT8, PgType.Family.INT4, PgType.Family.INT4,
      PgType.Family.NUMERIC, PgType.Family.NUMERIC, PgType.Family.TEXT, PgType.Family.TEXT,
      PgType.Family.TEXT, PgType.Family.DATE, PgType.Family.TIMESTAMPTZ, PgType.Family.TIMESTAMPTZ
    };
    for (int i = 0; i < families.length; i++) {
      var field = SCHEMA.getFields().get(i);
      columns.add(
          new TargetColumn(
              field.getName(),
              field.getName(),
              Fields.typeOf(field),
              new PgType(families[i].name(), families[i], PgType.UNLIMITED, 0)));
    }
    RowEncoder encoder = RowEncoder.of(columns);
    long[] bytes = {0};
    CopyBuffer out = new CopyBuffer((array, from, length) -> bytes[0] += length);
    long cpu = cpu();
    long start = System.nanoTime();
    for (int i = 0; i < BATCHES; i++) {
      encoder.bind(batch.root(), 0);
      BitSet left = encoder.check(BATCH_ROWS, (row, column, refusal) -> {});
      for (int row = left.nextClearBit(0); row < BATCH_ROWS; row = left.nextClearBit(row + 1)) {
        encoder.put(row, out);
      }
    }
    out.flush();
    report("encode", start, cpu);
    System.out.println(bytes[0] / (long) BATCHES / BATCH_ROWS + " bytes a row");
  }

  private static void load(Rig rig, RecordBatch batch, long syncId) throws Exception {
    LoadPlan plan = rig.plan("rate", SCHEMA, WriteMode.OVERWRITE, syncId);
    long cpu = cpu();
    long start = System.nanoTime();
    try (StreamLoader loader = rig.destination.open(plan)) {
      try (BatchWriter writer = loader.writer("p0", 0)) {
        for (int i = 0; i < BATCHES; i++) {
          writer.write(batch);
        }
        writer.commit(Rig.commit("p0", 1, (long) BATCHES * BATCH_ROWS, true));
      }
      loader.finish();
    }
    report("load", start, cpu);
  }

  private static void report(String what, long start, long cpu) {
    double seconds = (System.nanoTime() - start) / 1e9;
    double millions = (double) BATCHES * BATCH_ROWS / 1e6;
    System.out.printf(
        java.util.Locale.ROOT,
        "%s: %.0f rows/s, %.2f CPU seconds per million rows%n",
        what,
        millions * 1e6 / seconds,
        (cpu() - cpu) / 1e9 / millions);
  }

  private static long cpu() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private static List<Row> rows() {
    Random random = new Random(7);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < BATCH_ROWS; i++) {
      rows.add(
          Row.of(
              (long) i,
              random.nextLong(1_000_000),
              (long) random.nextInt(1000),
              (long) random.nextInt(10),
              BigDecimal.valueOf(random.nextLong(100_000_000), 2),
              BigDecimal.valueOf(random.nextLong(10_000_000), 2),
              "customer " + random.nextInt(1_000_000),
              "street " + random.nextInt(1000) + ", town " + random.nextInt(1000),
              "a note of some length that fills the row up to what rows have " + i,
              LocalDate.ofEpochDay(random.nextInt(20_000)),
              Instant.ofEpochSecond(random.nextInt(2_000_000_000), random.nextInt(1000) * 1000L),
              Instant.ofEpochSecond(random.nextInt(2_000_000_000), 0)));
    }
    return rows;
  }
}
