package io.millrace.server.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.server.connection.ConnectionId;
import io.millrace.server.connection.ConnectionStatus;
import io.millrace.server.connection.ConnectionStore;
import io.millrace.server.connector.Side;
import io.millrace.server.job.JobStatus;
import io.millrace.server.job.JobView;
import io.millrace.server.job.JobWorld;
import io.millrace.server.job.Shop;
import io.millrace.server.store.Dialect;
import io.millrace.spi.ConfigException;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A connection that is deleted, or its source, while its job begins. */
@Timeout(60)
final class DeletedConnectionTest {
  private final Shop shop = new Shop();
  @TempDir private Path folder;
  private JobWorld world;

  @BeforeEach
  void makeWorld() {
    world = shop.world(Dialect.SQLITE, folder);
  }

  @AfterEach
  void endWorld() {
    world.close();
  }

  @Test
  void whatIsMissingThenIsNoFailure() throws Exception {
    world.specs =
        (job, connection, attempt) -> {
          delete(connection.id());
          throw new SideException(
              Side.SOURCE, new ConfigException("source_gone", "There is no source."));
        };
    JobView view = run();
    assertThat(view.job().status()).isEqualTo(JobStatus.CANCELLED);
    assertThat(view.attempts().getFirst().failures().getFirst().message()).contains("deleted");
  }

  @Test
  void norIsWhatNobodyExpects() throws Exception {
    world.specs =
        (job, connection, attempt) -> {
          delete(connection.id());
          throw new IllegalStateException("nothing there");
        };
    assertThat(run().job().status()).isEqualTo(JobStatus.CANCELLED);
  }

  private JobView run() throws InterruptedException {
    world.startWorkers();
    return world.awaitEnd(world.sync(world.connect()));
  }

  private void delete(ConnectionId id) {
    ConnectionStore store = new ConnectionStore();
    world.database.change(
        tx ->
            store.update(
                tx,
                store
                    .find(tx, id)
                    .orElseThrow()
                    .withStatus(ConnectionStatus.DEPRECATED, null, Instant.EPOCH)));
  }
}
