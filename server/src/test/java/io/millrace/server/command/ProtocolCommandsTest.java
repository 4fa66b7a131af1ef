package io.millrace.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.server.command.TestProgram.Result;
import io.millrace.spi.StreamName;
import io.millrace.spi.TargetName;
import io.millrace.testkit.arrow.Row;
import io.millrace.testkit.fake.FakeStore;
import io.millrace.testkit.fake.Fault;
import io.millrace.testkit.fake.FaultPlan;
import io.millrace.testkit.fake.Step;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProtocolCommandsTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String RIGHT = "{\"host\": \"fake\", \"password\": \"open sesame\"}";

  @TempDir Path temp;
  private TestProgram program = new TestProgram(Path.of(""));

  @BeforeEach
  void begin() {
    program = new TestProgram(temp).orders(250).file("config.json", RIGHT);
  }

  @Test
  void specIsOneMessage() {
    Result result = program.run("spec", "source-fake");
    JsonNode spec = only(result);
    assertThat(spec.path("type").asText()).isEqualTo("SPEC");
    assertThat(
            spec.at("/spec/connectionSpecification/properties/password/airbyte_secret").asBoolean())
        .isTrue();
  }

  @Test
  void checkAnswersEitherWay() {
    Result right = program.run("check", "source-fake", "--config", "config.json");
    assertThat(only(right).at("/connectionStatus/status").asText()).isEqualTo("SUCCEEDED");
    program.file("wrong.json", RIGHT.replace("sesame", "barley"));
    Result wrong = program.run("check", "source-fake", "--config", "wrong.json");
    assertThat(wrong.code()).isZero();
    assertThat(only(wrong).at("/connectionStatus/status").asText()).isEqualTo("FAILED");
    assertThat(only(wrong).at("/connectionStatus/message").asText()).contains("password");
    assertThat(wrong.out() + wrong.err()).doesNotContain("barley");
    program.file("wrong.json", "{\"host\": ");
    assertThat(program.run("check", "source-fake", "--config", "wrong.json").out())
        .contains("this is not JSON");
  }

  @Test
  void discoverPrintsOneCatalog() {
    program.table(new StreamName("shop", "people"), 1);
    Result result = program.run("discover", "source-fake", "--config", "config.json");
    JsonNode catalog = only(result).path("catalog");
    assertThat(catalog.path("streams")).hasSize(2);
    JsonNode orders = catalog.path("streams").path(0);
    assertThat(orders.path("name").asText()).isEqualTo("orders");
    assertThat(orders.path("namespace").asText()).isEqualTo("shop");
    assertThat(orders.at("/json_schema/properties/id/type").toString()).contains("integer");
    assertThat(orders.path("supported_sync_modes").toString())
        .isEqualTo("[\"full_refresh\",\"incremental\"]");
    assertThat(orders.path("source_defined_primary_key").toString()).isEqualTo("[[\"id\"]]");
    assertThat(orders.path("default_cursor_field").toString()).isEqualTo("[\"at\"]");
  }

  @Test
  void discoverThatFailsInTheMiddlePrintsNoCatalog() {
    program.table(new StreamName("shop", "people"), 1);
    program.sourceFaults = FaultPlan.none().at(Step.DISCOVER, 2, Fault.transientFailure());
    Result result = program.run("discover", "source-fake", "--config", "config.json");
    assertThat(result.code()).isEqualTo(4);
    List<String> whole = result.out().lines().filter(line -> parses(line)).toList();
    assertThat(whole).singleElement().asString().contains("\"failure_type\":\"transient_error\"");
  }

  @Test
  void readPrintsRecordsAndEndsWithAState() {
    program.file("catalog.json", catalog("incremental", "append"));
    Result result = read("--catalog", "catalog.json");
    assertThat(result.code()).isZero();
    List<JsonNode> records = ofType(result, "RECORD");
    assertThat(records).hasSize(250);
    assertThat(records.getFirst().at("/record/data").toString())
        .isEqualTo("{\"id\":1,\"at\":10,\"note\":\"note 1\"}");
    assertThat(records.getFirst().at("/record/namespace").asText()).isEqualTo("shop");
    assertThat(records.getFirst().at("/record/emitted_at").asLong()).isPositive();
    assertThat(statuses(result)).containsExactly("STARTED", "RUNNING", "COMPLETE");
    JsonNode state = ofType(result, "STATE").getLast().path("state");
    assertThat(state.path("type").asText()).isEqualTo("STREAM");
    assertThat(state.at("/sourceStats/recordCount").asLong()).isEqualTo(250);
  }

  @Test
  void readGoesOnFromAState() {
    program.file("catalog.json", catalog("incremental", "append"));
    Result first = read("--catalog", "catalog.json");
    program.file("state.json", "[" + ofType(first, "STATE").getLast().path("state") + "]");
    assertThat(ofType(read("--catalog", "catalog.json", "--state", "state.json"), "RECORD"))
        .isEmpty();
    Objects.requireNonNull(program.database.find(TestProgram.ORDERS))
        .insert(List.of(Row.of(999L, 9990L, "late")));
    assertThat(ofType(read("--catalog", "catalog.json", "--state", "state.json"), "RECORD"))
        .singleElement()
        .satisfies(record -> assertThat(record.at("/record/data/id").asInt()).isEqualTo(999));
  }

  /** A folder without any memory: the state comes from elsewhere. */
  @Test
  void syncGoesOnFromAState() {
    program.file("catalog.json", catalog("incremental", "append"));
    Result first = read("--catalog", "catalog.json");
    program.file("state.json", "[" + ofType(first, "STATE").getLast().path("state") + "]");
    Objects.requireNonNull(program.database.find(TestProgram.ORDERS))
        .insert(List.of(Row.of(999L, 9990L, "late")));

    Result synced =
        program.run(
            "sync",
            "--source=source-fake",
            "--source-config=config.json",
            "--destination=destination-fake",
            "--destination-config=config.json",
            "--catalog=catalog.json",
            "--state=state.json");

    assertThat(synced.code()).as(synced.out() + synced.err()).isZero();
    FakeStore.Published landed =
        program.target.read(new TargetName("main", "orders", "4:main.orders"));
    assertThat(Objects.requireNonNull(landed).rows()).containsExactly(Row.of(999L, 9990L, "late"));
  }

  @Test
  void aForeignStateIsRefused() {
    program.file("catalog.json", catalog("incremental", "append"));
    program.file(
        "state.json",
        "[{\"type\":\"STREAM\",\"stream\":{\"stream_descriptor\":{\"name\":\"orders\","
            + "\"namespace\":\"shop\"},\"stream_state\":{\"cursor\":\"2024\"}}}]");
    Result result = read("--catalog", "catalog.json", "--state", "state.json");
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).contains("was not written by Millrace");
    assertThat(ofType(result, "TRACE").getLast().at("/trace/error/failure_type").asText())
        .isEqualTo("config_error");
  }

  @Test
  void aStreamThatFailsIsTold() {
    program.sourceFaults = FaultPlan.none().at(Step.NEXT, 2, Fault.transientFailure());
    program.file("catalog.json", catalog("full_refresh", "overwrite"));
    Result result = read("--catalog", "catalog.json");
    assertThat(result.code()).isEqualTo(4);
    assertThat(statuses(result)).endsWith("INCOMPLETE");
  }

  @Test
  void whatReadPrintsWriteWrites() {
    program.file("catalog.json", catalog("full_refresh", "overwrite"));
    Result read = read("--catalog", "catalog.json");
    program.stdin = read.out();
    Result result = write();
    assertThat(result.err()).isEmpty();
    assertThat(result.code()).isZero();
    JsonNode state = only(result).path("state");
    assertThat(state.at("/destinationStats/recordCount").asLong()).isEqualTo(250);
    assertThat(state.at("/destinationStats/rejectedRecordCount").asLong()).isZero();
    assertThat(landed()).hasSize(250).first().isEqualTo(Row.of(1L, 10L, "note 1"));
  }

  @Test
  void writeTakesForeignMessages() {
    program.file("catalog.json", catalog("incremental", "append"));
    program.stdin =
        """
              {"record": {"data": {"note": "ä\\n\\"", "id": 1, "extra": [1]}, "emitted_at": 1700000000000, "stream": "orders", "namespace": "shop"}, "type": "RECORD"}

              {"type": "LOG", "log": {"level": "INFO", "message": "hello"}}
              {"type": "RECORD", "record": {"stream": "orders", "data": {"id": "not a number"}, "emitted_at": 1, "namespace": "shop"}}
              {"type": "STATE", "state": {"type": "STREAM", "id": 7, "stream": {"stream_descriptor": {"name": "orders", "namespace": "shop"}, "stream_state": {"x": 1}}}}
              {"type": "TRACE", "trace": {"type": "STREAM_STATUS", "emitted_at": 1, "stream_status": {"stream_descriptor": {"name": "orders", "namespace": "shop"}, "status": "COMPLETE"}}}
              """;
    Result result = write();
    assertThat(result.err()).isEmpty();
    assertThat(result.code()).isZero();
    JsonNode state = ofType(result, "STATE").getFirst().path("state");
    assertThat(state.path("id").asInt()).isEqualTo(7);
    assertThat(state.at("/stream/stream_state/x").asInt()).isEqualTo(1);
    assertThat(state.at("/destinationStats/recordCount").asInt()).isEqualTo(1);
    assertThat(state.at("/destinationStats/rejectedRecordCount").asInt()).isEqualTo(1);
    assertThat(landed()).containsExactly(Row.of(1L, null, "ä\n\""));
  }

  @Test
  void aStreamWithoutAnEndIsNotPublished() {
    program.file("catalog.json", catalog("full_refresh", "overwrite"));
    program.stdin =
        read("--catalog", "catalog.json")
            .out()
            .lines()
            .filter(line -> !line.contains("COMPLETE"))
            .collect(Collectors.joining("\n"));
    Result result = write();
    assertThat(result.code()).isEqualTo(4);
    assertThat(result.err()).contains("without a STREAM_STATUS of COMPLETE");
    assertThat(ofType(result, "STATE")).hasSize(1);
    assertThat(program.target.read(target())).isNull();
  }

  @Test
  void noStateIsAnsweredWhenItsRowsAreNotDurable() {
    program.file("catalog.json", catalog("incremental", "append"));
    program.stdin = read("--catalog", "catalog.json").out();
    program.destinationFaults = FaultPlan.none().at(Step.COMMIT, 1, Fault.systemFailure());
    Result result = write();
    assertThat(result.code()).isEqualTo(3);
    assertThat(ofType(result, "STATE")).isEmpty();
    assertThat(ofType(result, "TRACE").getFirst().at("/trace/error/message").asText())
        .isEqualTo("The fake is broken.");
  }

  @Test
  void brokenInputIsAConfigurationError() {
    program.file("catalog.json", catalog("incremental", "append"));
    program.stdin = "{\"type\": \"RECORD\", \"record\": {";
    Result result = write();
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).startsWith("A line on stdin is not JSON");
  }

  @Test
  void aModeThatIsNotOfferedIsRefused() {
    program.file("catalog.json", catalog("incremental", "soft_delete"));
    Result result = write();
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).contains("incremental with soft_delete");
  }

  private List<Row> landed() {
    return Objects.requireNonNull(program.target.read(target())).rows();
  }

  private static TargetName target() {
    return new TargetName("shop", "orders", "4:shop.orders");
  }

  private Result read(String... more) {
    String[] all = new String[more.length + 4];
    all[0] = "read";
    all[1] = "source-fake";
    all[2] = "--config";
    all[3] = "config.json";
    System.arraycopy(more, 0, all, 4, more.length);
    return program.run(all);
  }

  private Result write() {
    return program.run(
        "write", "destination-fake", "--config", "config.json", "--catalog", "catalog.json");
  }

  private static String catalog(String mode, String destinationMode) {
    return """
        {"streams": [{"sync_mode": "%s", "destination_sync_mode": "%s", "cursor_field": ["at"],
          "primary_key": [], "sync_id": 5, "generation_id": 1, "minimum_generation_id": 0,
          "stream": {"name": "orders", "namespace": "shop", "supported_sync_modes": ["full_refresh"],
            "json_schema": {"type": "object", "properties": {
              "id": {"type": ["null", "integer"]}, "at": {"type": ["null", "integer"]},
              "note": {"type": ["null", "string"]}}}}}]}
        """
        .formatted(mode, destinationMode);
  }

  private static List<String> statuses(Result result) {
    return ofType(result, "TRACE").stream()
        .filter(trace -> trace.path("trace").has("stream_status"))
        .map(trace -> trace.at("/trace/stream_status/status").asText())
        .toList();
  }

  private static List<JsonNode> ofType(Result result, String type) {
    return result
        .out()
        .lines()
        .map(ProtocolCommandsTest::json)
        .filter(message -> message.path("type").asText().equals(type))
        .toList();
  }

  private static JsonNode only(Result result) {
    assertThat(result.out().lines()).hasSize(1);
    return json(result.out());
  }

  private static boolean parses(String line) {
    try {
      return !JSON.readTree(line).isMissingNode();
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  private static JsonNode json(String line) {
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException e) {
      throw new AssertionError("not JSON: " + line, e);
    }
  }
}
