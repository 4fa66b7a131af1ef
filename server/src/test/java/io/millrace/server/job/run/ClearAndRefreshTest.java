package io.millrace.server.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.server.connection.ConnectionId;
import io.millrace.server.connection.ConnectionStore;
import io.millrace.server.job.JobConfig;
import io.millrace.server.job.JobStatus;
import io.millrace.server.job.JobType;
import io.millrace.server.job.JobView;
import io.millrace.server.job.JobWorld;
import io.millrace.server.job.Shop;
import io.millrace.server.job.Trigger;
import io.millrace.server.store.Dialect;
import io.millrace.server.store.EachStore;
import io.millrace.spi.ConfigException;
import io.millrace.spi.SyncMode;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Jobs that empty targets or read everything again. */
@EachStore
@Timeout(120)
final class ClearAndRefreshTest {
  private final Dialect dialect;
  private final Shop shop = new Shop();
  @TempDir private Path folder;
  private JobWorld world;
  private ConnectionId connection;

  ClearAndRefreshTest(Dialect dialect) {
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

  @Test
  void emptiesAndRefreshes() throws Exception {
    world.mode = SyncMode.INCREMENTAL_APPEND;
    world.startWorkers();
    world.awaitEnd(world.sync(connection));
    JobConfig all = JobConfig.of(Trigger.MANUAL, null);

    world.awaitEnd(world.start(connection, JobType.REFRESH, all));
    assertThat(shop.published()).hasSize(2 * Shop.ROWS);

    JobConfig truncate = new JobConfig(Trigger.MANUAL, null, Set.of(Shop.ORDERS), true);
    world.awaitEnd(world.start(connection, JobType.REFRESH, truncate));
    assertThat(shop.published()).isEqualTo(Shop.sorted(shop.orders.rows()));

    JobView cleared = world.awaitEnd(world.start(connection, JobType.RESET_CONNECTION, all));
    assertThat(cleared.job().status()).isEqualTo(JobStatus.SUCCEEDED);
    assertThat(shop.published()).isEmpty();

    world.awaitEnd(world.sync(connection));
    assertThat(shop.published()).isEqualTo(Shop.sorted(shop.orders.rows()));
  }

  /** The source is down, and its stream is no longer one of the connection's. */
  @Test
  void clearsWithoutTheSource() throws Exception {
    world.mode = SyncMode.INCREMENTAL_APPEND;
    world.startWorkers();
    world.awaitEnd(world.sync(connection));
    assertThat(shop.published()).hasSize(Shop.ROWS);
    world.source =
        context -> {
          throw new ConfigException("gone", "The source is gone.");
        };
    world.database.change(tx -> new ConnectionStore().replaceStreams(tx, connection, List.of()));
    JobConfig all = JobConfig.of(Trigger.MANUAL, null);
    JobView view = world.awaitEnd(world.start(connection, JobType.RESET_CONNECTION, all));
    assertThat(view.job().status()).isEqualTo(JobStatus.SUCCEEDED);
    assertThat(shop.published()).isEmpty();
  }

  @Test
  void clearingAConnectionWithoutStreamsTouchesNothing() throws Exception {
    world.startWorkers();
    world.awaitEnd(world.sync(connection));
    ConnectionId empty = world.connect();
    world.database.change(tx -> new ConnectionStore().replaceStreams(tx, empty, List.of()));
    JobConfig all = JobConfig.of(Trigger.MANUAL, null);
    JobView view = world.awaitEnd(world.start(empty, JobType.RESET_CONNECTION, all));
    assertThat(view.job().status()).isEqualTo(JobStatus.SUCCEEDED);
    assertThat(shop.published()).hasSize(Shop.ROWS);
  }
}
