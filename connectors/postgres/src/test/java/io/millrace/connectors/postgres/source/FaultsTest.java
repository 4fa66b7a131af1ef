package io.millrace.connectors.postgres.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millrace.spi.ConfiguredStream;
import io.millrace.spi.ConnectorException;
import io.millrace.spi.Partition;
import io.millrace.spi.PartitionProgress;
import io.millrace.spi.PartitionReader;
import io.millrace.spi.RecordBatch;
import io.millrace.spi.Resumption;
import io.millrace.spi.Source;
import io.millrace.spi.StreamPlan;
import io.millrace.spi.SyncMode;
import io.millrace.spi.TransientException;
import io.millrace.testkit.arrow.AllocatorExtension;
import io.millrace.testkit.servers.PostgresServer;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Servers that stop, sessions that are ended, tables that are rewritten under a read. */
@ExtendWith(AllocatorExtension.class)
final class FaultsTest {
  private static final int ROWS = 20_000;

  private static PostgresServer server;

  @BeforeAll
  static void start() {
    server = PostgresServer.builder().setting("max_connections", "20").start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void aServerThatIsKilledAndComesBack(BufferAllocator allocator) throws Exception {
    assumeTrue(server.majorVersion() >= 14, "older servers do not scan ranges of pages");
    SourceRig rig = rig(allocator);
    ConfiguredStream stream = SourceRig.stream("big", SyncMode.FULL_REFRESH_OVERWRITE, "id", "x");
    try (Source source = rig.open()) {
      StreamPlan plan = source.plan(stream, null);
      assertThat(plan.partitions()).hasSizeGreaterThan(4);
      SourceRig.Result result = new SourceRig.Result(plan);
      List<PartitionProgress> progress = new ArrayList<>();
      progress.add(SourceRig.read(source, stream, plan.partitions().getFirst(), result));
      try (PartitionReader reader = source.read(stream, plan.partitions().get(1), null)) {
        try (RecordBatch batch = reader.next()) {
          assertThat(batch).isNotNull();
        }
        server.kill();
        ConnectorException failure =
            catchThrowableOfType(ConnectorException.class, () -> drain(reader));
        assertThat(failure == null || failure instanceof TransientException).isTrue();
      }
      assertThat(
              catchThrowableOfType(
                  ConnectorException.class,
                  () -> source.read(stream, plan.partitions().get(2), null)))
          .isInstanceOf(TransientException.class);
      server.start();
      plan.partitions().stream()
          .skip(1)
          .forEach(one -> progress.add(new PartitionProgress(one, null, false)));
      Resumption answer = source.resume(stream, null, progress);
      assertThat(answer).isInstanceOf(Resumption.Continue.class);
      for (Partition partition : answer.partitions()) {
        if (!partition.id().equals(plan.partitions().getFirst().id())) {
          SourceRig.read(source, stream, partition, result);
        }
      }
      assertThat(result.rows).hasSize(ROWS).doesNotHaveDuplicates();
    } finally {
      server.start();
    }
  }

  @Test
  void aLostSnapshotIsTransientAndTheReadGoesOn(BufferAllocator allocator) throws Exception {
    SourceRig rig = rig(allocator);
    ConfiguredStream stream = SourceRig.stream("big", SyncMode.FULL_REFRESH_APPEND, "id");
    try (Source source = rig.open()) {
      StreamPlan plan = source.plan(stream, null);
      rig.execute(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
              + " AND application_name = 'millrace'");
      ConnectorException failure =
          catchThrowableOfType(
              ConnectorException.class,
              () -> source.read(stream, plan.partitions().getFirst(), null));
      assertThat(failure).isInstanceOf(TransientException.class);
      assertThat(failure.code()).isEqualTo("snapshot_lost");
      SourceRig.Result result = new SourceRig.Result(plan);
      for (Partition partition : source.resume(stream, null, open(plan)).partitions()) {
        SourceRig.read(source, stream, partition, result);
      }
      assertThat(result.rows).hasSize(ROWS).doesNotHaveDuplicates();
    }
  }

  @Test
  void aTableThatIsTruncatedAfterThePlanIsNotReadAsEmpty(BufferAllocator allocator)
      throws Exception {
    SourceRig rig = rig(allocator);
    ConfiguredStream stream = SourceRig.stream("big", SyncMode.FULL_REFRESH_OVERWRITE, "id");
    try (Source source = rig.open()) {
      StreamPlan plan = source.plan(stream, null);
      rig.execute("TRUNCATE big", "INSERT INTO big SELECT i, 'new' FROM generate_series(1, 7) i");
      ConnectorException failure =
          catchThrowableOfType(
              ConnectorException.class,
              () -> source.read(stream, plan.partitions().getFirst(), null));
      assertThat(failure).isInstanceOf(TransientException.class);
      assertThat(failure.code()).isEqualTo("table_rewritten");
      SourceRig.Result result = new SourceRig.Result(plan);
      for (Partition partition : source.resume(stream, null, open(plan)).partitions()) {
        SourceRig.read(source, stream, partition, result);
      }
      assertThat(result.rows).hasSize(7);
    }
  }

  @Test
  void warningsBetweenTheRowsLoseNone(BufferAllocator allocator) throws Exception {
    SourceRig rig = rig(allocator);
    rig.execute(
        """
        CREATE FUNCTION loud(i bigint) RETURNS bigint LANGUAGE plpgsql AS $$ BEGIN
          IF i % 5000 = 17 THEN RAISE WARNING 'row %', i; END IF;
          RETURN i; END $$
        """,
        "CREATE VIEW loud_big AS SELECT loud(id) AS id, x FROM big");
    assertThat(rig.read("loud_big", "id", "x")).hasSize(ROWS).doesNotHaveDuplicates();
  }

  @Test
  void anErrorBetweenTheRowsIsTheServersOwn(BufferAllocator allocator) throws Exception {
    SourceRig rig = rig(allocator);
    rig.execute("CREATE VIEW broken AS SELECT 1 / (id - 15000) AS id, x FROM big");
    ConnectorException failure =
        catchThrowableOfType(ConnectorException.class, () -> rig.read("broken", "id", "x"));
    assertThat(failure.getMessage()).contains("division by zero");
    assertThat(rig.read("big", "id")).hasSize(ROWS);
  }

  @Test
  void aDroppedColumnOrTableIsNamed(BufferAllocator allocator) throws Exception {
    SourceRig rig = rig(allocator);
    ConfiguredStream stream = SourceRig.stream("big", SyncMode.FULL_REFRESH_OVERWRITE, "x");
    try (Source source = rig.open()) {
      StreamPlan plan = source.plan(stream, null);
      rig.execute("ALTER TABLE big DROP COLUMN x");
      ConnectorException column = failure(source, stream, plan);
      assertThat(column.code()).isEqualTo("no_such_column");
      rig.execute("DROP TABLE big");
      ConnectorException table = failure(source, stream, plan);
      assertThat(table.code()).isEqualTo("no_such_table");
    }
  }

  private static ConnectorException failure(
      Source source, ConfiguredStream stream, StreamPlan plan) {
    return catchThrowableOfType(
        ConnectorException.class, () -> source.read(stream, plan.partitions().getFirst(), null));
  }

  private static List<PartitionProgress> open(StreamPlan plan) {
    return plan.partitions().stream()
        .map(partition -> new PartitionProgress(partition, null, false))
        .toList();
  }

  private static void drain(PartitionReader reader) throws InterruptedException {
    for (RecordBatch batch = reader.next(); batch != null; batch = reader.next()) {
      batch.close();
    }
  }

  private static SourceRig rig(BufferAllocator allocator) {
    SourceRig rig = new SourceRig(server, allocator);
    rig.execute(
        "CREATE TABLE big (id bigint, x text)",
        "INSERT INTO big SELECT i, repeat('x', 100) FROM generate_series(1, " + ROWS + ") i",
        "CHECKPOINT");
    return rig;
  }
}
