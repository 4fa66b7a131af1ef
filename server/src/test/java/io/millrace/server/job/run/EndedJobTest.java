package io.millrace.server.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.mapper.Mapper;
import io.millrace.server.connection.ConnectionId;
import io.millrace.server.job.JobStatus;
import io.millrace.server.job.JobView;
import io.millrace.server.job.JobWorld;
import io.millrace.server.job.Shop;
import io.millrace.server.store.Dialect;
import io.millrace.server.store.EachStore;
import io.millrace.spi.SyncMode;
import io.millrace.spi.SystemException;
import io.millrace.spi.config.Secret;
import io.millrace.testkit.fake.Fault;
import io.millrace.testkit.fake.FaultPlan;
import io.millrace.testkit.fake.Step;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What stays of a job that has ended. */
@EachStore
@Timeout(60)
final class EndedJobTest {
  private final Dialect dialect;
  private final Shop shop = new Shop();
  @TempDir private Path folder;
  private JobWorld world;
  private ConnectionId connection;

  EndedJobTest(Dialect dialect) {
    this.dialect = dialect;
  }

  @BeforeEach
  void makeWorld() {
    world = shop.world(dialect, folder);
    connection = world.connect();
  }

  @AfterEach
  void endWorld() {
    world.close();
  }

  /** On PostgreSQL a statement that fails spoils its transaction, unless there is a way back. */
  @Test
  void endsThoughSomethingThatIsWrittenWithItsEndFails() throws Exception {
    List<Long> written = new CopyOnWriteArrayList<>();
    world.listeners.addToEnds((tx, ending) -> tx.execute("INSERT INTO nowhere VALUES (1)"));
    world.listeners.addToEnds((tx, ending) -> written.add(ending.ended().job().id()));
    world.startWorkers();
    long job = world.sync(connection);
    assertThat(world.awaitEnd(job).job().status()).isEqualTo(JobStatus.SUCCEEDED);
    assertThat(written).containsExactly(job);
  }

  /** No note has a length that this encryption takes. */
  @Test
  void countsValuesMadeNullOverAllAttempts() throws Exception {
    world.mode = SyncMode.INCREMENTAL_APPEND;
    world.mappers =
        List.of(
            new Mapper.AesEncryption(
                "note",
                "_x",
                new Secret("00".repeat(16)),
                Mapper.AesMode.CBC,
                Mapper.AesPadding.NONE));
    AtomicInteger attempts = new AtomicInteger();
    AtomicInteger commits = new AtomicInteger();
    shop.faults =
        FaultPlan.of(
            (step, call) -> {
              if (step == Step.DISCOVER) {
                attempts.incrementAndGet();
              }
              boolean breaks =
                  step == Step.COMMIT && attempts.get() == 1 && commits.incrementAndGet() > 1;
              return breaks
                  ? new Fault.Fail(() -> new SystemException("broken", "Something broke."))
                  : null;
            });
    world.startWorkers();
    JobView view = world.awaitEnd(world.sync(connection));

    assertThat(view.job().status()).isEqualTo(JobStatus.SUCCEEDED);
    assertThat(view.attempts()).hasSize(2);
    assertThat(view.streams(0).getFirst().evidence().path("valuesNulled").path("note_x").asInt())
        .isBetween(1, Shop.ROWS - 1);
    assertThat(view.latest().getFirst().evidence().path("valuesNulled").toString())
        .isEqualTo("{\"note_x\":" + Shop.ROWS + "}");
  }
}
