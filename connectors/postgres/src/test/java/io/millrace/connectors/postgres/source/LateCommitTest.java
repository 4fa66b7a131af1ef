package io.millrace.connectors.postgres.source;

import io.millrace.spi.ConfiguredStream;
import io.millrace.spi.Source;
import io.millrace.spi.StreamState;
import io.millrace.spi.SyncMode;
import io.millrace.testkit.arrow.AllocatorExtension;
import io.millrace.testkit.arrow.Row;
import io.millrace.testkit.contract.RowSets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Writers that take their cursor's value early and commit late, beside many syncs: for a few
 * seconds, or as many as the system property {@code millrace.test.lateCommitSeconds} says.
 */
@ExtendWith(AllocatorExtension.class)
final class LateCommitTest {
  private static final int WRITERS = 4;
  private static final Duration TIME =
      Duration.ofSeconds(Long.getLong("millrace.test.lateCommitSeconds", 3));

  @Test
  void everyRowArrivesOnce(BufferAllocator allocator) throws Exception {
    SourceRig rig = new SourceRig(allocator);
    rig.execute("CREATE TABLE events (id bigint, version bigint)");
    ConfiguredStream stream =
        SourceRig.stream("events", SyncMode.INCREMENTAL_APPEND, "id", "version");
    AtomicLong clock = new AtomicLong();
    AtomicBoolean stop = new AtomicBoolean();
    List<Row> target = new ArrayList<>();
    @Nullable StreamState state = null;
    try (ExecutorService writers = Executors.newCachedThreadPool()) {
      List<Future<List<Row>>> all = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        Random random = new Random(i);
        all.add(writers.submit(() -> write(rig, clock, stop, random)));
      }
      int syncs = 0;
      for (Instant end = Instant.now().plus(TIME); Instant.now().isBefore(end); syncs++) {
        state = sync(rig, stream, state, target);
      }
      stop.set(true);
      List<Row> written = new ArrayList<>();
      for (Future<List<Row>> one : all) {
        written.addAll(one.get());
      }
      sync(rig, stream, state, target);
      RowSets.assertSame("rows of writers that commit late", target, written);
      System.out.printf(
          Locale.ROOT, "%d rows of %d writers in %d syncs%n", written.size(), WRITERS, syncs);
    }
  }

  private static @Nullable StreamState sync(
      SourceRig rig, ConfiguredStream stream, @Nullable StreamState state, List<Row> target)
      throws InterruptedException {
    try (Source source = rig.open()) {
      SourceRig.Result result = SourceRig.read(source, stream, state);
      target.addAll(result.rows);
      return result.state;
    }
  }

  private static List<Row> write(SourceRig rig, AtomicLong clock, AtomicBoolean stop, Random random)
      throws SQLException, InterruptedException {
    List<Row> written = new ArrayList<>();
    try (Connection jdbc = rig.server.connect(rig.database)) {
      jdbc.setAutoCommit(false);
      while (!stop.get()) {
        List<Row> mine = new ArrayList<>();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
          long tick = clock.incrementAndGet();
          insert(jdbc, tick, random.nextBoolean());
          mine.add(Row.of(tick, tick / 4));
          Thread.sleep(Duration.ofMillis(random.nextInt(12)));
        }
        if (random.nextInt(8) == 0) {
          jdbc.rollback();
        } else {
          jdbc.commit();
          written.addAll(mine);
        }
      }
    }
    return written;
  }

  private static void insert(Connection jdbc, long tick, boolean nested) throws SQLException {
    if (nested) {
      jdbc.setSavepoint();
    }
    try (Statement statement = jdbc.createStatement()) {
      statement.execute("INSERT INTO events VALUES (" + tick + ", " + tick / 4 + ")");
    }
  }
}
