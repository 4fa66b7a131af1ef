package io.millrace.server.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.server.connection.ConnectionId;
import io.millrace.server.job.JobStatus;
import io.millrace.server.job.JobView;
import io.millrace.server.job.JobWorld;
import io.millrace.server.job.Shop;
import io.millrace.server.store.DatabaseUrl;
import io.millrace.server.store.Dialect;
import io.millrace.server.store.TestStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Many who want the same at once. */
@Timeout(120)
final class StartRaceTest {
  private static final int CALLERS = 32;
  private static final int ROUNDS = 3;

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void oneOfManyStartsSucceeds(Dialect dialect) throws Exception {
    try (JobWorld world = new Shop().world(dialect, folder)) {
      for (int round = 0; round < ROUNDS; round++) {
        assertOneStarts(world, List.of(world));
      }
    }
  }

  /** Two servers on one store: the store decides. */
  @Test
  void oneOfManyStartsSucceedsOverTwoServers() throws Exception {
    DatabaseUrl url = TestStore.url(Dialect.POSTGRES, folder);
    try (JobWorld one = new Shop().world(url, folder.resolve("one"), "one");
        JobWorld two = new Shop().world(url, folder.resolve("two"), "two")) {
      for (int round = 0; round < ROUNDS; round++) {
        assertOneStarts(one, List.of(one, two));
      }
    }
  }

  /** Each job is run by one of the servers, once. */
  @Test
  void twoServersShareTheQueue() throws Exception {
    DatabaseUrl url = TestStore.url(Dialect.POSTGRES, folder);
    Shop shop = new Shop();
    Shop other = new Shop();
    try (JobWorld one = shop.world(url, folder.resolve("one"), "one");
        JobWorld two = other.world(url, folder.resolve("two"), "two")) {
      List<Long> jobs = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        jobs.add(one.sync(one.connect()));
      }
      one.startWorkers();
      two.startWorkers();
      for (long job : jobs) {
        JobView view = one.await(job, JobStatus.SUCCEEDED, JobStatus.FAILED);
        assertThat(view.job().status()).isEqualTo(JobStatus.SUCCEEDED);
        assertThat(view.attempts()).hasSize(1);
      }
      one.stopWorkers();
      two.stopWorkers();
      assertThat(one.ended.size() + two.ended.size()).isEqualTo(jobs.size());
      assertThat(one.ended).isNotEmpty();
      assertThat(two.ended).isNotEmpty();
    }
  }

  private static void assertOneStarts(JobWorld owner, List<JobWorld> servers) throws Exception {
    ConnectionId connection = owner.connect();
    String body = "{\"connectionId\": \"" + connection + "\"}";
    CyclicBarrier together = new CyclicBarrier(CALLERS);
    List<Future<JobWorld.Reply>> calls = new ArrayList<>();
    try (ExecutorService callers = Executors.newFixedThreadPool(CALLERS)) {
      for (int i = 0; i < CALLERS; i++) {
        JobWorld server = servers.get(i % servers.size());
        Callable<JobWorld.Reply> call =
            () -> {
              together.await();
              return server.config("/connections/sync", body);
            };
        calls.add(callers.submit(call));
      }
      int started = 0;
      for (Future<JobWorld.Reply> call : calls) {
        JobWorld.Reply reply = call.get();
        assertThat(reply.status()).as("%s", reply.json()).isIn(200, 409);
        if (reply.status() == 409) {
          assertThat(reply.json().path("message").asText()).contains("already running");
        } else {
          started++;
        }
      }
      assertThat(started).isEqualTo(1);
    }
    int open =
        owner.database.read(
            tx ->
                tx.createQuery("SELECT count(*) FROM job WHERE connection_id = :id")
                    .bind("id", connection.toString())
                    .mapTo(Integer.class)
                    .one());
    assertThat(open).isEqualTo(1);
  }
}
