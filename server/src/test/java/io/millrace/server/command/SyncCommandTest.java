package io.millrace.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.server.command.TestProgram.Result;
import io.millrace.spi.StreamName;
import io.millrace.spi.TargetName;
import io.millrace.testkit.fake.Fault;
import io.millrace.testkit.fake.FaultPlan;
import io.millrace.testkit.fake.Step;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SyncCommandTest {
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir Path temp;
  private TestProgram program = new TestProgram(Path.of(""));

  @BeforeEach
  void begin() {
    program = new TestProgram(temp).orders(100);
  }

  @Test
  void aPipelineFileIsSynced() {
    program.pipeline("shop.yaml", "");
    Result result = program.run("sync", "shop.yaml");
    assertThat(result.err()).isEmpty();
    assertThat(result.code()).isZero();
    assertThat(result.out())
        .contains("shop: source-fake -> destination-fake")
        .contains("shop: succeeded, 1 stream, 100 rows");
    assertThat(rows()).isEqualTo(100);
    assertThat(temp.resolve(".millrace/shop/streams/shop.orders.json")).exists();
    assertThat(temp.resolve(".millrace/shop/tmp")).doesNotExist();
  }

  @Test
  void anIncrementalSyncGoesOnWhereTheLastEnded() {
    program.pipeline("shop.yaml", "defaults: {sync_mode: incremental_append, cursor_field: at}");
    assertThat(program.run("sync", "shop.yaml").code()).isZero();
    Result second = program.run("sync", "shop.yaml", "--output", "json");
    assertThat(summary(second).at("/streams/0/rows_read").asLong()).isZero();
    assertThat(rows()).isEqualTo(100);
  }

  @Test
  void jsonOutputEndsWithTheSummary() {
    program.pipeline("shop.yaml", "");
    Result result = program.run("sync", "shop.yaml", "--output", "json");
    JsonNode summary = summary(result);
    assertThat(summary.path("status").asText()).isEqualTo("succeeded");
    JsonNode stream = summary.path("streams").path(0);
    assertThat(stream.path("namespace").asText()).isEqualTo("shop");
    assertThat(stream.path("name").asText()).isEqualTo("orders");
    assertThat(stream.path("status").asText()).isEqualTo("succeeded");
    assertThat(stream.path("rows_read").asLong()).isEqualTo(100);
    assertThat(stream.path("rows_written").asLong()).isEqualTo(100);
    assertThat(stream.path("rows_filtered").isIntegralNumber()).isTrue();
    assertThat(stream.path("rows_quarantined").isIntegralNumber()).isTrue();
    assertThat(stream.path("bytes_read").isIntegralNumber()).isTrue();
    assertThat(stream.path("target").asText()).contains("orders");
    assertThat(stream.path("renamed_columns").isObject()).isTrue();
    assertThat(stream.path("error").isNull()).isTrue();
    assertThat(summary.path("seconds").isNumber()).isTrue();
    assertThat(summary.path("peak_memory_bytes").asLong()).isPositive();
  }

  @Test
  void anEndThatCannotBeRecordedFollowsTheOneSummaryAsASentence() {
    program.pipeline("shop.yaml", "");
    program.watcher = this::blockTheState;
    Result result = program.run("sync", "shop.yaml", "--output", "json");
    assertThat(summary(result).path("status").asText()).isEqualTo("succeeded");
    assertThat(result.out().lines().filter(SyncCommandTest::isSummary)).hasSize(1);
    assertThat(result.err()).contains("The rows are in place").contains("pipeline.json");
    assertThat(result.code()).isEqualTo(3);
  }

  private void blockTheState(String out) {
    Path state = temp.resolve(".millrace/shop/pipeline.json");
    if (out.lines().anyMatch(SyncCommandTest::isSummary) && Files.isRegularFile(state)) {
      try {
        Files.delete(state);
        Files.createDirectories(state.resolve("in the way"));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static boolean isSummary(String line) {
    return line.startsWith("{\"type\":\"summary\"");
  }

  @Test
  void aFolderThatCannotBeWrittenIsToldWithoutALog() {
    program.pipeline("shop.yaml", "").file("in the way", "");
    Result text = program.run("sync", "shop.yaml", "--state-dir", "in the way/state");
    assertThat(text.code()).isEqualTo(2);
    assertThat(text.err().lines().findFirst().orElseThrow()).contains("in the way/state");
    assertThat(text.err()).doesNotContain("log");
    Result json =
        program.run("sync", "shop.yaml", "--state-dir", "in the way/state", "--output", "json");
    assertThat(summary(json).at("/error/message").asText()).contains("in the way/state");
    assertThat(summary(json).has("log")).isFalse();
  }

  @Test
  void memoryIsWithinBounds() {
    program.pipeline("shop.yaml", "");
    assertThat(program.run("sync", "shop.yaml", "--memory", "64").code()).isZero();
    Result refused = program.run("sync", "shop.yaml", "--memory", "1");
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).contains("--memory takes a number of MiB from 64");
  }

  @Test
  void usageErrorsEndWithASummaryToo() {
    Result result = program.run("sync", "--output", "json", "--nonsense");
    assertThat(result.code()).isEqualTo(2);
    assertThat(summary(result).at("/error/message").asText())
        .contains("There is no option --nonsense");
    assertThat(result.err().lines().count()).isLessThanOrEqualTo(4);
  }

  @Test
  void configurationErrorsEndWithASummaryToo() {
    program.file("bad.yaml", "source: [");
    Result result = program.run("sync", "bad.yaml", "--output", "json");
    assertThat(result.code()).isEqualTo(2);
    assertThat(summary(result).at("/error/code").asText()).isEqualTo("pipeline_invalid");
    assertThat(result.err()).startsWith("bad.yaml: line 1");
  }

  @Test
  void aWrongPasswordIsAConfigurationError() {
    program.environment.put("FAKE_PASSWORD", "hunter22");
    program.pipeline("shop.yaml", "");
    Result result = program.run("sync", "shop.yaml", "--output=json");
    assertThat(result.code()).isEqualTo(2);
    assertThat(summary(result).at("/error/code").asText()).isEqualTo("auth");
    assertThat(result.out() + result.err()).doesNotContain("hunter22");
  }

  @Test
  void aStreamThatFailsLeavesTheOthersAlone() {
    program.table(new StreamName("shop", "people"), 10);
    program.destinationFaults = FaultPlan.none().at(Step.WRITE, 1, Fault.systemFailure());
    program.pipeline("shop.yaml", "");
    Result result = program.run("sync", "shop.yaml", "--output", "json");
    JsonNode summary = summary(result);
    if (summary.path("status").asText().equals("partial")) {
      assertThat(result.code()).isEqualTo(3);
      assertThat(result.err()).contains("The fake is broken.");
    } else {
      assertThat(summary.path("status").asText()).isEqualTo("succeeded");
    }
  }

  @Test
  void aPublicationThatAlwaysFailsEndsTheSync() {
    program.destinationFaults =
        FaultPlan.of((step, call) -> step == Step.FINISH ? Fault.systemFailure() : null);
    program.pipeline("shop.yaml", "");
    Result result = program.run("sync", "shop.yaml", "--output", "json");
    assertThat(result.code()).isEqualTo(3);
    assertThat(summary(result).path("status").asText()).isEqualTo("failed");
    assertThat(program.destinationFaults.calls(Step.FINISH)).isEqualTo(2);
  }

  @Test
  void aMissingStreamIsSeenBeforeTheFirstRow() {
    program.pipeline("shop.yaml", "streams: [shop.ordres]");
    Result result = program.run("sync", "shop.yaml");
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).contains("shop.ordres");
  }

  @Test
  void severalPipelinesEachHaveASummaryAndAllHaveOne() {
    program.pipeline("one.yaml", "prefix: one_").pipeline("two.yaml", "prefix: two_");
    Result result = program.run("sync", "one.yaml", "two.yaml", "--output", "json");
    assertThat(result.code()).isZero();
    assertThat(summary(result).path("streams")).hasSize(2);
    assertThat(result.out().lines().filter(line -> line.contains("\"pipeline_summary\"")))
        .hasSize(2);
  }

  @Test
  void unknownFlagsForFilesAreRefused() {
    program.pipeline("shop.yaml", "");
    Result result = program.run("sync", "shop.yaml", "--stream", "orders");
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).contains("--stream").contains("pipeline file");
  }

  private long rows() {
    var published = program.target.read(new TargetName("main", "orders", "4:main.orders"));
    List<String> tables = program.target.tables();
    assertThat(published).as("tables are " + tables).isNotNull();
    return published.rows().size();
  }

  private static JsonNode summary(Result result) {
    for (String line : result.out().lines().toList()) {
      assertThat(json(line).path("type").isTextual()).isTrue();
    }
    JsonNode last = json(result.lastLine());
    assertThat(last.path("type").asText()).isEqualTo("summary");
    return last;
  }

  private static JsonNode json(String line) {
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException e) {
      throw new AssertionError("not JSON: " + line, e);
    }
  }
}
