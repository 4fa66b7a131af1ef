package io.millrace.connectors.postgres.destination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.BatchWriter;
import io.millrace.spi.Commit;
import io.millrace.spi.ConfigException;
import io.millrace.spi.ConnectorException;
import io.millrace.spi.Destination;
import io.millrace.spi.LoadPlan;
import io.millrace.spi.OutcomeUnknownException;
import io.millrace.spi.StreamLoader;
import io.millrace.spi.SystemException;
import io.millrace.spi.TransientException;
import io.millrace.spi.WriteMode;
import io.millrace.spi.WriteReceipt;
import io.millrace.spi.type.Fields;
import io.millrace.spi.type.LogicalType;
import io.millrace.spi.type.NativeType;
import io.millrace.testkit.arrow.AllocatorExtension;
import io.millrace.testkit.arrow.Row;
import io.millrace.testkit.servers.PostgresServer;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Nothing is lost or doubled, whatever breaks; one bad row does not stop the others. */
@ExtendWith(AllocatorExtension.class)
final class SafetyTest {
  private static final Schema SCHEMA =
      new Schema(
          List.of(
              Fields.of("id", new LogicalType.Int(64)), Fields.of("name", new LogicalType.Text())));

  private BufferAllocator allocator;
  private Rig rig;

  SafetyTest() {}

  @BeforeEach
  void open(BufferAllocator testAllocator) {
    allocator = testAllocator;
    rig = new Rig(testAllocator, Map.of());
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void aRowThatTheServerRefusesGoesToQuarantineOnTheNextAttempt() throws Exception {
    rig.execute("CREATE TABLE t (id bigint CHECK (id <> 500), name varchar UNIQUE)");
    LoadPlan plan = rig.plan("t", SCHEMA, WriteMode.APPEND, 1);
    List<Row> rows = new ArrayList<>(rows(0, 1000));
    rows.set(700, Row.of(700L, "name 3"));
    try (StreamLoader loader = rig.destination.open(plan)) {
      assertThatThrownBy(() -> rig.write(loader, plan, "p", 0, rows))
          .isInstanceOf(TransientException.class)
          .hasMessageContaining("public.t");
    }
    try (StreamLoader loader = rig.destination.open(plan)) {
      assertThat(loader.commits()).isEmpty();
      WriteReceipt receipt = rig.write(loader, plan, "p", 0, rows);
      assertThat(receipt.rejected())
          .extracting(row -> row.position())
          .containsExactly("partition p, row 501", "partition p, row 701");
      assertThat(receipt.rejected().getFirst().reason()).contains("t_id_check");
      assertThat(loader.finish().rowsPublished()).isEqualTo(998);
    }
    assertThat(rig.one("SELECT count(*), count(DISTINCT id) FROM t")).isEqualTo("998|998");
  }

  @Test
  void anEnumWithoutTheLabelRefusesTheRow() throws Exception {
    rig.execute("CREATE TYPE mood AS ENUM ('good')");
    Schema schema =
        new Schema(
            List.of(
                Fields.of(
                    "m", new LogicalType.Text(), true, new NativeType("postgresql", "mood"))));
    LoadPlan plan = rig.plan("t", schema, WriteMode.OVERWRITE, 1);
    List<Row> rows = List.of(Row.of("good"), Row.of("bad"), Row.of("good"));
    try (StreamLoader loader = rig.destination.open(plan)) {
      assertThatThrownBy(() -> rig.write(loader, plan, "p", 0, rows))
          .isInstanceOf(TransientException.class);
      assertThat(rig.write(loader, plan, "p", 0, rows).rejected()).hasSize(1);
      loader.finish();
    }
    assertThat(rig.query("SELECT m FROM t")).containsExactly("good", "good");
  }

  @Test
  void whenEveryRowIsRefusedTheLoadStops() throws Exception {
    rig.execute("CREATE TABLE t (id bigint CHECK (id < 0), name text)");
    LoadPlan plan = rig.plan("t", SCHEMA, WriteMode.APPEND, 1);
    try (StreamLoader loader = rig.destination.open(plan)) {
      assertThatThrownBy(() -> rig.write(loader, plan, "p", 0, rows(0, 3000)))
          .isInstanceOf(TransientException.class);
      assertThatThrownBy(() -> rig.write(loader, plan, "p", 0, rows(0, 3000)))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("1000 rows");
    }
  }

  @Test
  void aTriggerThatDropsRowsIsNoticed() throws Exception {
    rig.execute(
        "CREATE TABLE t (id bigint, name text)",
        "CREATE FUNCTION drops() RETURNS trigger LANGUAGE plpgsql AS"
            + " 'BEGIN IF NEW.id = 7 THEN RETURN NULL; END IF; RETURN NEW; END'",
        "CREATE TRIGGER d BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION drops()");
    LoadPlan plan = rig.plan("t", SCHEMA, WriteMode.APPEND, 1);
    try (StreamLoader loader = rig.destination.open(plan)) {
      assertThatThrownBy(() -> rig.write(loader, plan, "p", 0, rows(0, 10)))
          .isInstanceOf(SystemException.class)
          .hasMessageContaining("9 rows where 10");
    }
    assertThat(rig.one("SELECT count(*) FROM t")).isEqualTo("0");
  }

  @Test
  void aFullDiskIsToldAndKeepsWhatIsCommitted() throws Exception {
    rig.execute(
        "CREATE TABLE t (id bigint, name text)",
        "CREATE FUNCTION full() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN IF NEW.id = 15 THEN"
            + " RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END IF;"
            + " RETURN NEW; END$$",
        "CREATE TRIGGER d BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION full()");
    LoadPlan plan = rig.plan("t", SCHEMA, WriteMode.APPEND, 1);
    try (StreamLoader loader = rig.destination.open(plan);
        BatchWriter writer = loader.writer("p", 0)) {
      rig.write(writer, SCHEMA, rows(0, 10));
      writer.commit(Rig.commit("p", 1, 10, false));
      assertThatThrownBy(
              () -> {
                rig.write(writer, SCHEMA, rows(10, 20));
                writer.commit(Rig.commit("p", 2, 20, true));
              })
          .isInstanceOf(ConfigException.class)
          .extracting(failure -> ((ConnectorException) failure).code())
          .isEqualTo("disk_full");
    }
    assertThat(rig.one("SELECT count(*) FROM t")).isEqualTo("10");
  }

  @Test
  void anotherRunTakesTheStreamOver() throws Exception {
    LoadPlan plan = rig.plan("t", SCHEMA, WriteMode.APPEND, 1);
    try (StreamLoader old = rig.destination.open(plan);
        BatchWriter writer = old.writer("p", 0)) {
      rig.write(writer, SCHEMA, rows(0, 10));
      try (Destination other = rig.another(Map.of());
          StreamLoader loader = other.open(plan)) {
        assertThat(loader.commits()).isEmpty();
        rig.write(loader, plan, "p", 0, rows(0, 10));
        assertThatThrownBy(() -> writer.commit(Rig.commit("p", 1, 10, true)))
            .isInstanceOf(ConfigException.class)
            .hasMessageContaining("Another run");
        assertThatThrownBy(old::finish).isInstanceOf(ConfigException.class);
        loader.finish();
      }
    }
    assertThat(rig.one("SELECT count(*) FROM t")).isEqualTo("10");
  }

  @Test
  void aCommitThatDoesNotFollowIsLookedUp() throws Exception {
    LoadPlan plan = rig.plan("t", SCHEMA, WriteMode.APPEND, 1);
    try (StreamLoader loader = rig.destination.open(plan);
        BatchWriter writer = loader.writer("p", 0)) {
      rig.write(writer, SCHEMA, rows(0, 10));
      assertThatThrownBy(() -> writer.commit(Rig.commit("p", 2, 10, true)))
          .isInstanceOf(OutcomeUnknownException.class);
    }
    assertThat(rig.one("SELECT count(*) FROM t")).isEqualTo("0");
  }

  @Test
  void aConnectionLostInCommitIsLookedUp() throws Exception {
    for (boolean reaches : List.of(true, false)) {
      try (CutProxy proxy = new CutProxy(rig.server.port());
          Destination cut = rig.another(Map.of("port", proxy.port()))) {
        LoadPlan plan = rig.plan("t" + reaches, SCHEMA, WriteMode.APPEND, reaches ? 1 : 2);
        try (StreamLoader loader = cut.open(plan);
            BatchWriter writer = loader.writer("p", 0)) {
          rig.write(writer, SCHEMA, rows(0, 10));
          proxy.cutAt("COMMIT", reaches);
          assertThatThrownBy(() -> writer.commit(Rig.commit("p", 1, 10, false)))
              .isInstanceOf(OutcomeUnknownException.class);
          List<Commit> commits = loader.commits();
          assertThat(commits).hasSize(reaches ? 1 : 0);
        }
        try (StreamLoader loader = cut.open(plan);
            BatchWriter writer = loader.writer("p", 0)) {
          int durable = reaches ? 10 : 0;
          assertThat(loader.commits()).hasSize(reaches ? 1 : 0);
          rig.write(writer, SCHEMA, rows(durable, 20));
          writer.commit(Rig.commit("p", reaches ? 2 : 1, 20, true));
        }
        assertThat(rig.one("SELECT count(*), count(DISTINCT id) FROM t" + reaches))
            .isEqualTo("20|20");
      }
    }
  }

  @Test
  void severalWritersLoadOneTableAtOnce() throws Exception {
    long sync = 0;
    for (WriteMode mode : WriteMode.values()) {
      List<String> key = mode.dedups() ? List.of("id") : List.of();
      LoadPlan plan = rig.plan("t_" + mode, SCHEMA, mode, ++sync, key, null);
      try (StreamLoader loader = rig.destination.open(plan);
          ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        List<Future<WriteReceipt>> receipts = new ArrayList<>();
        for (int p = 0; p < 6; p++) {
          int partition = p;
          receipts.add(
              threads.submit(
                  () ->
                      rig.write(
                          loader,
                          plan,
                          "p" + partition,
                          partition,
                          rows(partition * 1000, partition * 1000 + 1000))));
        }
        for (Future<WriteReceipt> receipt : receipts) {
          assertThat(receipt.get().rowsTaken()).isEqualTo(1000);
        }
        assertThat(loader.finish().rowsPublished()).isEqualTo(6000);
      }
      assertThat(rig.one("SELECT count(*), count(DISTINCT id) FROM \"t_" + mode + "\""))
          .isEqualTo("6000|6000");
    }
  }

  @Test
  void aReaderThatHoldsTheTableIsWaitedFor() throws Exception {
    rig.execute("CREATE TABLE t (id bigint, name text)", "INSERT INTO t VALUES (1, 'old')");
    LoadPlan plan = rig.plan("t", SCHEMA, WriteMode.OVERWRITE, 1);
    try (StreamLoader loader = rig.destination.open(plan);
        Connection reader = rig.server.connect(rig.database);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      rig.write(loader, plan, "p", 0, rows(5, 6));
      reader.setAutoCommit(false);
      reader.createStatement().executeQuery("SELECT * FROM t").close();
      Future<Long> finish = threads.submit(() -> loader.finish().rowsPublished());
      Thread.sleep(2500);
      assertThat(finish.isDone()).isFalse();
      assertThat(rig.query("SELECT id FROM t")).containsExactly("1");
      reader.commit();
      assertThat(finish.get()).isEqualTo(1);
    }
    assertThat(rig.query("SELECT id FROM t")).containsExactly("5");
  }

  @Test
  void aCrashOfTheServerIsResumedWithAndWithoutUnloggedStaging() throws Exception {
    try (PostgresServer server = PostgresServer.builder().start()) {
      for (boolean unlogged : List.of(false, true)) {
        try (Rig own =
            new Rig(
                server, server.newDatabase(), allocator, Map.of("unlogged_staging", unlogged))) {
          LoadPlan plan = own.plan("t", SCHEMA, WriteMode.APPEND_DEDUP, 1, List.of("id"), null);
          try (StreamLoader loader = own.destination.open(plan)) {
            own.write(loader, plan, "p0", 0, rows(0, 10));
            try (BatchWriter writer = loader.writer("p1", 1)) {
              own.write(writer, SCHEMA, rows(10, 20));
              server.kill();
              server.start();
              assertThatThrownBy(() -> writer.commit(Rig.commit("p1", 1, 10, true)))
                  .isInstanceOf(TransientException.class);
            }
          }
          int kept = unlogged ? 0 : 1;
          try (StreamLoader loader = own.destination.open(plan)) {
            assertThat(loader.commits()).hasSize(kept);
            own.write(loader, plan, "p1", 1, rows(10, 20));
            if (kept == 0) {
              own.write(loader, plan, "p0", 0, rows(0, 10));
            }
            assertThat(loader.finish().rowsPublished()).isEqualTo(20);
          }
          assertThat(
                  own.one(
                      "SELECT count(*), min(relpersistence) FROM t, pg_class c"
                          + " WHERE c.oid = 't'::regclass"))
              .isEqualTo("20|p");
        }
      }
    }
  }

  @Test
  void aNewSyncClearsWhatAnUnfinishedOneLeft() throws Exception {
    LoadPlan first = rig.plan("t", SCHEMA, WriteMode.OVERWRITE, 1);
    try (StreamLoader loader = rig.destination.open(first)) {
      rig.write(loader, first, "p", 0, rows(0, 10));
    }
    assertThat(stages()).hasSize(1);
    LoadPlan second = rig.plan("t", SCHEMA, WriteMode.APPEND, 2);
    try (StreamLoader loader = rig.destination.open(second)) {
      assertThat(loader.commits()).isEmpty();
      assertThat(stages()).isEmpty();
      rig.write(loader, second, "p", 0, rows(0, 1));
      loader.finish();
    }
    assertThat(rig.one("SELECT count(*) FROM t")).isEqualTo("1");
  }

  @Test
  void oldEmptySessionsAreReplacedAfterARestart() throws Exception {
    try (PostgresServer server = PostgresServer.builder().start();
        Rig own = new Rig(server, server.newDatabase(), allocator, Map.of())) {
      own.load(own.plan("t", SCHEMA, WriteMode.APPEND, 1), rows(0, 5));
      server.stop();
      assertThatThrownBy(() -> own.destination.check()).isInstanceOf(TransientException.class);
      server.start();
      own.destination.check();
    }
  }

  private List<String> stages() {
    return rig.query(
        "SELECT relname FROM pg_class WHERE relname LIKE '\\_millrace\\_s%' AND relkind = 'r'");
  }

  private static List<Row> rows(int from, int to) {
    List<Row> rows = new ArrayList<>();
    for (long id = from; id < to; id++) {
      rows.add(Row.of(id, "name " + id));
    }
    return rows;
  }
}
