package io.millrace.connectors.postgres.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.spi.ConfigException;
import io.millrace.spi.ConfiguredStream;
import io.millrace.spi.Notice;
import io.millrace.spi.Source;
import io.millrace.spi.StreamState;
import io.millrace.spi.SyncMode;
import io.millrace.testkit.arrow.AllocatorExtension;
import io.millrace.testkit.arrow.Row;
import io.millrace.testkit.servers.PostgresServer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Transaction ids in rows have 32 bits and go round; what has been read is known by 64 bits. */
@ExtendWith(AllocatorExtension.class)
final class WraparoundTest {
  private static final Map<String, Object> XMIN =
      Map.of("replication_method", Map.of("method", "Xmin"));
  private static final long ROUND = 1L << 32;

  /** Some ids before the end of the first round, at the begin of a page of the server's log. */
  private static final long NEAR_THE_END = ROUND - 65_536;

  private static final ConfiguredStream STREAM =
      SourceRig.stream("t", SyncMode.INCREMENTAL_APPEND, "id", "version");

  private @Nullable StreamState state;

  @Test
  void idsOfRowsAreCompletedFromTheSnapshot() {
    MetTransactions met = new MetTransactions(view(ROUND - 5, ROUND + 5));
    for (long id : new long[] {ROUND - 2, ROUND + 3, ROUND + 10, ROUND - 6}) {
      met.row(ByteBuffer.allocate(Integer.BYTES).putInt((int) id).array(), 0);
    }
    assertThat(met.list()).containsExactly(ROUND - 2, ROUND + 3);
    assertThat(view(ROUND - 5, ROUND - 1).gapsCanBeRecorded()).isTrue();
    assertThat(view(ROUND - 5, ROUND + 5).gapsCanBeRecorded()).isFalse();
  }

  @Test
  void conditionsNameIdsAsRowsCarryThem() {
    String condition = Filter.since(new Known(ROUND + 7, List.of(ROUND + 9))).condition();
    assertThat(condition).contains("'7'::").contains("{9}").doesNotContain("" + ROUND);
  }

  @Test
  void aStateThatIsARoundOldIsNotTrusted(BufferAllocator allocator) throws Exception {
    SourceRig rig = new SourceRig(allocator);
    rig.execute("CREATE TABLE t (id bigint, version bigint)", "INSERT INTO t VALUES (1, 1)");
    sync(rig, Map.of());
    state = older(Objects.requireNonNull(state));
    rig.execute("INSERT INTO t VALUES (2, 2)");
    assertThat(sync(rig, Map.of())).contains(Row.of(2L, 2L));
    assertThat(rig.notices()).extracting(Notice::code).contains("transactions_unknown");

    state = null;
    sync(rig, XMIN);
    state = older(Objects.requireNonNull(state));
    assertThat(catchThrowableOfType(ConfigException.class, () -> sync(rig, XMIN)).code())
        .isEqualTo("state_unusable");
  }

  /** Needs the server's tool that sets the next id, which is not among the test's own binaries. */
  @Test
  void everyRowArrivesOnceWhileIdsGoRound(BufferAllocator allocator) throws Exception {
    Path tool =
        Path.of(
            "/usr/lib/postgresql/" + PostgresServer.shared().majorVersion() + "/bin/pg_resetwal");
    assumeTrue(Files.isExecutable(tool), "pg_resetwal of the server's version");
    for (Map<String, Object> method : List.of(XMIN, Map.<String, Object>of())) {
      try (PostgresServer server =
          PostgresServer.builder().setting("autovacuum", "off").setting("fsync", "off").start()) {
        SourceRig rig = new SourceRig(server, allocator);
        rig.execute("CREATE TABLE t (id bigint, version bigint)", "INSERT INTO t VALUES (1, 1)");
        rig.execute("VACUUM FREEZE");
        server.stop();
        advance(tool, server);
        server.start();
        state = null;
        assertThat(sync(rig, method)).containsExactly(Row.of(1L, 1L));
        goRound(rig, method);
      }
    }
  }

  private void goRound(SourceRig rig, Map<String, Object> method) throws Exception {
    rig.execute("INSERT INTO t VALUES (2, 2)");
    try (Connection late = rig.server.connect(rig.database);
        Statement statement = late.createStatement()) {
      late.setAutoCommit(false);
      late.setSavepoint(); // The row then carries the id of a subtransaction.
      statement.execute("INSERT INTO t VALUES (3, 3)");
      assertThat(sync(rig, method)).containsExactly(Row.of(2L, 2L));
      burn(rig, 66_000);
      assertThat(next(rig)).isGreaterThan(ROUND);
      rig.execute("INSERT INTO t VALUES (4, 4)");
      List<Row> seen = sync(rig, method);
      assertThat(seen).isSubsetOf(Row.of(4L, 4L));
      late.commit();
      assertThat(sync(rig, method))
          .containsExactlyInAnyOrderElementsOf(
              seen.isEmpty() ? List.of(Row.of(3L, 3L), Row.of(4L, 4L)) : List.of(Row.of(3L, 3L)));
    }
    assertThat(sync(rig, method)).isEmpty();
    rig.execute("UPDATE t SET version = 5 WHERE id = 1");
    assertThat(sync(rig, method)).containsExactly(Row.of(1L, 5L));
    assertThat(sync(rig, method)).isEmpty();
  }

  private List<Row> sync(SourceRig rig, Map<String, Object> method) throws InterruptedException {
    try (Source source = rig.open(method)) {
      SourceRig.Result result = SourceRig.read(source, STREAM, state);
      state = result.state;
      return result.rows;
    }
  }

  private static SnapshotView view(long xmin, long xmax) {
    return new SnapshotView("name", "cluster", xmin, xmax);
  }

  /** Returns a state that looks as if ids had gone on by half a round since. */
  private static StreamState older(StreamState state) {
    ObjectNode json = Json.parse(state.token());
    ObjectNode transactions = (ObjectNode) json.path("transactions");
    for (String field : List.of("horizon", "end")) {
      transactions.put(field, transactions.path(field).asLong() - (ROUND >> 1));
    }
    return new StreamState(state.version(), json.toString());
  }

  private static void burn(SourceRig rig, int transactions) throws SQLException {
    try (Connection jdbc = rig.server.connect(rig.database);
        Statement statement = jdbc.createStatement()) {
      statement.execute("SET synchronous_commit = off");
      statement.execute(
          "DO $$BEGIN FOR i IN 1.."
              + transactions
              + " LOOP PERFORM txid_current(); COMMIT; END LOOP; END$$");
    }
  }

  private static long next(SourceRig rig) throws SQLException {
    try (Connection jdbc = rig.server.connect(rig.database);
        Statement statement = jdbc.createStatement();
        var row = statement.executeQuery("SELECT txid_snapshot_xmax(txid_current_snapshot())")) {
      row.next();
      return row.getLong(1);
    }
  }

  private static void advance(Path tool, PostgresServer server)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                "unshare",
                "-U",
                tool.toString(),
                "-x",
                Long.toString(NEAR_THE_END),
                "-u",
                Long.toString(NEAR_THE_END - (1 << 20)),
                server.dataDirectory().toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }
}
