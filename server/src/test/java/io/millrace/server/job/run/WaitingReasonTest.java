package io.millrace.server.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.server.connection.ConnectionId;
import io.millrace.server.job.JobStatus;
import io.millrace.server.job.JobWorld;
import io.millrace.server.job.RetryPolicy;
import io.millrace.server.job.Shop;
import io.millrace.server.store.Dialect;
import io.millrace.spi.SystemException;
import io.millrace.testkit.fake.Fault;
import io.millrace.testkit.fake.FaultPlan;
import io.millrace.testkit.fake.Step;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A job that waits says why, wherever jobs are shown. */
@Timeout(60)
final class WaitingReasonTest {
  private static final long MIB = 1L << 20;

  private final Shop shop = new Shop();
  @TempDir private Path folder;
  private JobWorld world;
  private ConnectionId connection;

  @BeforeEach
  void makeWorld() {
    world = shop.world(Dialect.SQLITE, folder);
    connection = world.connect();
  }

  @AfterEach
  void endWorld() {
    world.close();
  }

  @Test
  void forTheDisk() throws Exception {
    world.full = "The disk has 3 MB free.";
    world.startWorkers();
    long job = world.sync(connection);
    assertThat(reason(job)).isEqualTo("The disk has 3 MB free.");
    assertThat(world.view(job).job().status()).isEqualTo(JobStatus.PENDING);
    JsonNode listed =
        world
            .config(
                "/jobs/list", "{\"configTypes\": [\"sync\"], \"configId\": \"" + connection + "\"}")
            .json();
    assertThat(listed.at("/jobs/0/job/waitingReason").asText())
        .isEqualTo("The disk has 3 MB free.");
    JsonNode statuses =
        world.config("/connections/status", "{\"connectionIds\": [\"" + connection + "\"]}").json();
    assertThat(statuses.at("/0/activeJob/waitingReason").asText())
        .isEqualTo("The disk has 3 MB free.");
  }

  @Test
  void forItsTurn() throws Exception {
    shop.faults = FaultPlan.of((step, call) -> step == Step.DISCOVER ? new Fault.Stall() : null);
    world.startWorkers();
    long first = world.sync(connection);
    long second = world.sync(world.connect());
    world.await(first, JobStatus.RUNNING);
    world.await(second, JobStatus.RUNNING);
    assertThat(reason(first)).isEmpty();
    long third = world.sync(world.connect());
    assertThat(reason(third))
        .isEqualTo("2 jobs run, the most at once; it begins when one of them has ended.");
    shop.faults = FaultPlan.none();
    world.jobs.cancel(first);
    world.awaitEnd(third);
    assertThat(reason(third)).isEmpty();
    world.jobs.cancel(second);
  }

  @Test
  void forMemory() throws Exception {
    world.settings = world.settings.withMemory(100 * MIB);
    world.memory = MemoryWish.exactly(80 * MIB);
    shop.faults = FaultPlan.of((step, call) -> step == Step.DISCOVER ? new Fault.Stall() : null);
    world.startWorkers();
    long first = world.sync(connection);
    long second = world.sync(world.connect());
    world.await(first, JobStatus.RUNNING);
    world.await(second, JobStatus.RUNNING);
    while (reason(first).isEmpty() && reason(second).isEmpty()) {
      Thread.sleep(Duration.ofMillis(10));
    }
    assertThat(reason(first) + reason(second))
        .startsWith("It waits for ")
        .endsWith(" of memory that other jobs have.");
    world.jobs.cancel(first);
    world.jobs.cancel(second);
  }

  @Test
  void forItsNextAttempt() throws Exception {
    world.retries = new RetryPolicy(5, 10, 1000, 20, 100, Duration.ofHours(1), Duration.ofHours(1));
    shop.faults =
        FaultPlan.of(
            (step, call) ->
                step == Step.DISCOVER
                    ? new Fault.Fail(() -> new SystemException("broken", "Something broke."))
                    : null);
    world.startWorkers();
    long job = world.sync(connection);
    world.await(job, JobStatus.INCOMPLETE);
    assertThat(reason(job)).startsWith("Its last attempt failed; the next begins at 20");
  }

  private String reason(long job) throws Exception {
    return world
        .config("/jobs/get_light", "{\"id\": " + job + "}")
        .json()
        .at("/job/waitingReason")
        .asText();
  }
}
