package io.millrace.server.job.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.engine.EngineSettings;
import io.millrace.server.actor.ActorId;
import io.millrace.server.connection.Connection;
import io.millrace.server.connection.ConnectionId;
import io.millrace.server.connection.ConnectionStatus;
import io.millrace.server.connection.Resources;
import io.millrace.server.connection.Schedule;
import io.millrace.server.job.JobType;
import io.millrace.server.job.run.MemoryWish;
import io.millrace.server.json.Documents;
import io.millrace.server.workspace.WorkspaceId;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class JobLimitsTest {
  private static final long MIB = 1L << 20;

  private final JobLimits limits = new JobLimits(288 * MIB, 3);

  @Test
  void sharesEquallyWithoutAWish() throws Exception {
    assertThat(limits.memory(Resources.NONE)).isEqualTo(new MemoryWish(32 * MIB, 96 * MIB));
    EngineSettings engine = limits.engine(connection("{}"), Resources.NONE);
    assertThat(engine.streamsMax()).isEqualTo(4);
    assertThat(engine.readersMax()).isEqualTo(3);
  }

  @Test
  void aLimitBoundsMemoryAndParallelism() throws Exception {
    Resources wish =
        of("{'resourceRequirements': {'cpu_limit': '1500m', 'memory_limit': '48Mi'}}", "{}", "{}");
    assertThat(limits.memory(wish)).isEqualTo(new MemoryWish(32 * MIB, 48 * MIB));
    EngineSettings engine = limits.engine(connection("{}"), wish);
    assertThat(engine.streamsMax()).isEqualTo(2);
    assertThat(engine.readersMax()).isEqualTo(2);
  }

  @Test
  void aRequestIsWaitedFor() throws Exception {
    Resources wish = of("{'resourceRequirements': {'memory_request': '200M'}}", "{}", "{}");
    assertThat(limits.memory(wish)).isEqualTo(new MemoryWish(200_000_000, 200_000_000));
  }

  /** Nobody gets more than there is, or less than one reader's batches need. */
  @Test
  void keepsWishesWithinTheServersBounds() throws Exception {
    Resources much =
        of(
            "{'resourceRequirements': {'memory_request': '8Gi', 'memory_limit': '16Gi'}}",
            "{}",
            "{}");
    assertThat(limits.memory(much)).isEqualTo(new MemoryWish(288 * MIB, 288 * MIB));
    Resources little = of("{'resourceRequirements': {'memory_limit': '1Ki'}}", "{}", "{}");
    assertThat(limits.memory(little)).isEqualTo(MemoryWish.exactly(16 * MIB));
  }

  /** The connection's word comes first, then the source's, then the destination's. */
  @Test
  void asksTheEndsWhereTheConnectionSaysNothing() throws Exception {
    String source =
        "{'default': {'cpu_limit': '4'}, 'jobSpecific': [{'jobType': 'sync',"
            + " 'resourceRequirements': {'cpu_limit': '2'}}]}";
    String destination = "{'default': {'cpu_limit': '1', 'memory_limit': '64Mi'}}";
    Resources wish =
        of("{'resourceRequirements': {'memory_request': '40Mi'}}", source, destination);
    assertThat(wish.processors()).hasValue(2);
    assertThat(wish.memoryAtMost()).hasValue(64 * MIB);
    assertThat(wish.memoryAtLeast()).hasValue(40 * MIB);
  }

  @Test
  void theConnectionsSettingsBoundTheRest() throws Exception {
    String settings =
        "{'syncSettings': {'batchRows': 500, 'batchKib': 128, 'parallelism': 7},"
            + " 'resourceRequirements': {'cpu_limit': '3'}}";
    EngineSettings engine = limits.engine(connection(settings), of(settings, "{}", "{}"));
    assertThat(engine.tuning().batchRowsMax()).isEqualTo(500);
    assertThat(engine.tuning().batchBytesTarget()).isEqualTo(128 << 10);
    assertThat(engine.streamsMax()).isEqualTo(3);
    assertThat(engine.within(24 * MIB).readersAllowed()).isEqualTo(1);
    assertThat(engine.within(24 * MIB).tuning().batchBytesTarget()).isEqualTo(128 << 10);
    assertThat(EngineSettings.DEFAULT.within(16 * MIB).tuning().batchBytesTarget())
        .isEqualTo(2 * MIB);
  }

  private static Resources of(String details, String source, String destination)
      throws JsonProcessingException {
    return JobLimits.resources(connection(details), JobType.SYNC, json(source), json(destination));
  }

  private static Connection connection(String details) throws JsonProcessingException {
    return new Connection(
        ConnectionId.random(),
        WorkspaceId.random(),
        ActorId.random(),
        ActorId.random(),
        "shop",
        ConnectionStatus.ACTIVE,
        null,
        new Schedule.Manual(),
        "destination",
        null,
        "",
        null,
        false,
        json(details),
        Instant.EPOCH,
        Instant.EPOCH);
  }

  private static ObjectNode json(String text) throws JsonProcessingException {
    return (ObjectNode) Documents.MAPPER.readTree(text.replace('\'', '"'));
  }
}
