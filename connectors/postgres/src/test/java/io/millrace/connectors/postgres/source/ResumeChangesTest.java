package io.millrace.connectors.postgres.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.ConfiguredStream;
import io.millrace.spi.Partition;
import io.millrace.spi.PartitionProgress;
import io.millrace.spi.Resumption;
import io.millrace.spi.Source;
import io.millrace.spi.StreamName;
import io.millrace.spi.StreamPlan;
import io.millrace.spi.StreamState;
import io.millrace.spi.SyncMode;
import io.millrace.testkit.arrow.AllocatorExtension;
import io.millrace.testkit.arrow.Row;
import io.millrace.testkit.contract.RowSets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Reads that are interrupted at random, with random changes of the table in between, some of them
 * by transactions that are still open: what each mode makes of the rows must be the table.
 */
@ExtendWith(AllocatorExtension.class)
final class ResumeChangesTest {
  private static final int ROWS = 1_500;
  private static final int SYNCS = 3;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void overwriteIsTheTableAtOneMoment(long seed, BufferAllocator allocator) throws Exception {
    SourceRig rig = new SourceRig(allocator);
    try (Changes changes = new Changes(rig, seed, true)) {
      Sync sync = new Sync(rig, changes, SyncMode.FULL_REFRESH_OVERWRITE);
      sync.run(null);
      RowSets.assertSame("overwrite, seed " + seed, sync.rows(), sync.tableAtEnd);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14, 15, 16})
  void dedupEndsWithTheNewestVersions(long seed, BufferAllocator allocator) throws Exception {
    SourceRig rig = new SourceRig(allocator);
    try (Changes changes = new Changes(rig, seed, true)) {
      Map<Object, Row> target = new HashMap<>();
      @Nullable StreamState state = null;
      for (int i = 0; i < SYNCS; i++) {
        Sync sync = new Sync(rig, changes, SyncMode.INCREMENTAL_APPEND_DEDUP);
        state = sync.run(state);
        sync.rows().forEach(row -> target.put(row.get(0), row));
        Set<Object> there = new HashSet<>();
        for (Row row : sync.tableAtEnd) {
          assertThat(target.get(row.get(0))).as("seed %d", seed).isEqualTo(row);
          there.add(row.get(0));
        }
        assertThat(changes.deleted).as("rows beyond the table").containsAll(minus(target, there));
        changes.some();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23, 24, 25, 26})
  void appendHasEveryVersionOnce(long seed, BufferAllocator allocator) throws Exception {
    SourceRig rig = new SourceRig(allocator);
    try (Changes changes = new Changes(rig, seed, false)) {
      List<Row> target = new ArrayList<>();
      @Nullable StreamState state = null;
      for (int i = 0; i < SYNCS; i++) {
        Sync sync = new Sync(rig, changes, SyncMode.INCREMENTAL_APPEND);
        state = sync.run(state);
        target.addAll(sync.rows());
        RowSets.assertSame("append, seed " + seed, target, sync.tableAtEnd);
        changes.some();
      }
    }
  }

  private static Set<Object> minus(Map<Object, Row> target, Set<Object> there) {
    Set<Object> rest = new HashSet<>(target.keySet());
    rest.removeAll(there);
    return rest;
  }

  /** One sync with interruptions; rows are kept by partition, as a destination keeps them. */
  private static final class Sync {
    private final SourceRig rig;
    private final Changes changes;
    private final ConfiguredStream stream;
    private Map<String, List<Row>> durable = new LinkedHashMap<>();
    private final Map<String, Integer> ordinals = new HashMap<>();
    private List<Row> tableAtEnd = List.of();

    Sync(SourceRig rig, Changes changes, SyncMode mode) {
      this.rig = rig;
      this.changes = changes;
      this.stream =
          new ConfiguredStream(
              new StreamName("public", "things"),
              List.of("id", "version", "note"),
              mode,
              mode.incremental() ? "version" : null,
              List.of("id"),
              Set.of());
    }

    @Nullable StreamState run(@Nullable StreamState state) throws Exception {
      List<PartitionProgress> progress = new ArrayList<>();
      Source source = rig.open();
      StreamPlan plan = source.plan(stream, state);
      tableAtEnd = changes.table();
      int interruptions = 1 + changes.random.nextInt(3);
      while (true) {
        boolean last = interruptions-- == 0;
        progress = read(source, plan, progress, last);
        if (last) {
          StreamState next = progress.isEmpty() ? state : source.advance(stream, state, progress);
          source.close();
          return next;
        }
        source.close();
        changes.some();
        source = rig.open();
        plan = resume(source, plan, state, progress);
      }
    }

    private StreamPlan resume(
        Source source, StreamPlan plan, @Nullable StreamState state, List<PartitionProgress> done)
        throws Exception {
      if (plan.partitions().isEmpty()) {
        StreamPlan again = source.plan(stream, state);
        tableAtEnd = changes.table();
        return again;
      }
      if (done.stream().allMatch(PartitionProgress::done)) {
        return plan;
      }
      Resumption answer = source.resume(stream, state, done);
      tableAtEnd = changes.table();
      if (answer instanceof Resumption.Restart) {
        assertThat(stream.mode()).isEqualTo(SyncMode.FULL_REFRESH_OVERWRITE);
        durable = new LinkedHashMap<>();
      }
      return answer.plan();
    }

    private List<PartitionProgress> read(
        Source source, StreamPlan plan, List<PartitionProgress> before, boolean all)
        throws InterruptedException {
      Map<String, PartitionProgress> done = new HashMap<>();
      before.stream()
          .filter(PartitionProgress::done)
          .filter(one -> durable.containsKey(one.partition().id()))
          .forEach(one -> done.put(one.partition().id(), one));
      List<PartitionProgress> progress = new ArrayList<>();
      int ordinal = 0;
      for (Partition partition : plan.partitions()) {
        PartitionProgress known = done.get(partition.id());
        if (known == null) {
          ordinals.put(partition.id(), ordinal);
        }
        ordinal++;
        if (known == null && (all || changes.random.nextInt(3) > 0)) {
          SourceRig.Result result = new SourceRig.Result(plan);
          known = SourceRig.read(source, stream, partition, result);
          durable.put(partition.id(), result.rows);
        }
        progress.add(
            known == null
                ? new PartitionProgress(partition, null, false)
                : new PartitionProgress(partition, known.checkpoint(), true));
      }
      return progress;
    }

    private int ordinal(String partition) {
      return Objects.requireNonNull(ordinals.get(partition));
    }

    /** Returns all rows, of one key the one with the largest cursor and then ordinal last. */
    List<Row> rows() {
      List<Row> rows = new ArrayList<>();
      durable.entrySet().stream()
          .sorted((one, other) -> Integer.compare(ordinal(one.getKey()), ordinal(other.getKey())))
          .forEach(one -> rows.addAll(one.getValue()));
      if (stream.mode().writeMode().dedups()) {
        rows.sort((one, other) -> Long.compare(version(one), version(other)));
      }
      return rows;
    }
  }

  private static long version(Row row) {
    return (Long) Objects.requireNonNull(row.get(1));
  }

  /** Changes a table at random, now and then in transactions that end later. */
  private static final class Changes implements AutoCloseable {
    private final SourceRig rig;
    private final Random random;
    private final boolean updates;
    private final Connection jdbc;
    private final List<Connection> open = new ArrayList<>();
    private final Set<Object> deleted = new HashSet<>();
    private long next = ROWS;

    Changes(SourceRig rig, long seed, boolean updates) throws SQLException {
      this.rig = rig;
      this.random = new Random(seed);
      this.updates = updates;
      rig.execute(
          "CREATE TABLE things (id bigint PRIMARY KEY, version bigint, note text)",
          "INSERT INTO things SELECT i, i, 'first ' || i FROM generate_series(0, "
              + (ROWS - 1)
              + ") i");
      this.jdbc = rig.server.connect(rig.database);
    }

    /** What a snapshot taken now shows; nothing changes between a plan and this. */
    List<Row> table() throws SQLException {
      try (Statement statement = jdbc.createStatement();
          ResultSet row = statement.executeQuery("SELECT id, version, note FROM things")) {
        List<Row> rows = new ArrayList<>();
        while (row.next()) {
          rows.add(Row.of(row.getLong(1), row.getLong(2), row.getString(3)));
        }
        return rows;
      }
    }

    void some() throws SQLException {
      for (int i = random.nextInt(4); i > 0; i--) {
        one();
      }
    }

    private void one() throws SQLException {
      int kind = random.nextInt(updates ? 9 : 5);
      switch (kind) {
        case 0 -> insert(jdbc);
        case 1 -> late();
        case 2 -> endLate();
        case 3 -> execute(jdbc, "VACUUM things");
        case 4 -> insert(jdbc);
        case 5, 6 -> execute(jdbc, update());
        case 7 -> delete();
        default -> rewrite();
      }
    }

    /** Not beside an open transaction of this thread, whose end it would wait for. */
    private void rewrite() throws SQLException {
      boolean whole = random.nextInt(3) == 0 && open.isEmpty();
      execute(jdbc, whole ? "VACUUM FULL things" : update());
    }

    private String update() {
      long from = random.nextLong(next);
      String cursor = random.nextBoolean() ? "version" : "version + 1000000";
      return String.format(
          Locale.ROOT,
          "UPDATE things SET note = 'changed %d', version = %s WHERE id BETWEEN %d AND %d",
          random.nextInt(1_000_000),
          cursor,
          from,
          from + random.nextInt(20));
    }

    private void delete() throws SQLException {
      long id = random.nextLong(next);
      deleted.add(id);
      execute(jdbc, "DELETE FROM things WHERE id = " + id);
    }

    private void insert(Connection connection) throws SQLException {
      int count = 1 + random.nextInt(30);
      execute(
          connection,
          String.format(
              Locale.ROOT,
              "INSERT INTO things SELECT i, i / 2, 'new ' || i FROM generate_series(%d, %d) i",
              next,
              next + count - 1));
      next += count;
    }

    /** Some of the rows carry the id of a subtransaction. */
    private void late() throws SQLException {
      Connection connection = rig.server.connect(rig.database);
      connection.setAutoCommit(false);
      insert(connection);
      connection.setSavepoint();
      insert(connection);
      open.add(connection);
    }

    private void endLate() throws SQLException {
      if (!open.isEmpty()) {
        try (Connection connection = open.remove(random.nextInt(open.size()))) {
          if (random.nextInt(4) == 0) {
            connection.rollback();
          } else {
            connection.commit();
          }
        }
      }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
      try (Statement statement = connection.createStatement()) {
        statement.execute(sql);
      }
    }

    @Override
    public void close() throws SQLException {
      for (Connection connection : open) {
        connection.close();
      }
      jdbc.close();
    }
  }
}
