package io.millrace.server.streamstate;

import static io.millrace.server.connection.TestApi.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.engine.ConnectionMemory;
import io.millrace.server.connection.ConnectionId;
import io.millrace.server.connection.TestApi;
import io.millrace.server.connection.TestConnections;
import io.millrace.server.connection.TestStreams;
import io.millrace.server.state.StateFolder;
import io.millrace.server.store.Dialect;
import io.millrace.server.store.EachStore;
import io.millrace.spi.StreamName;
import io.millrace.spi.StreamState;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@EachStore
final class StateApiTest {
  private static final StreamName ORDERS = new StreamName("public", "orders");

  private final Dialect dialect;

  @TempDir Path temp;
  private TestApi api;
  private ConnectionId id;

  StateApiTest(Dialect dialect) {
    this.dialect = dialect;
  }

  @BeforeEach
  void start() {
    api = TestApi.fresh(dialect);
    id =
        TestConnections.add(
            api,
            "c",
            TestStreams.stream(
                TestStreams.table("public", "orders"), "incremental", "append_dedup"));
  }

  @Test
  void aConnectionWithoutStateSaysSo() {
    JsonNode state = get();
    assertThat(state.path("stateType").asText()).isEqualTo("not_set");
    assertThat(state.has("streamState")).isFalse();
    assertThat(type()).isEqualTo("not_set");
    assertThat(
            api.config("/state/get", json("{'connectionId': '%s'}", ConnectionId.random()))
                .status())
        .isEqualTo(404);
  }

  @Test
  void whatIsGivenIsWhatTheNextSyncBeginsAt() {
    JsonNode stored =
        set("create_or_update_safe", stream("{'version': 1, 'token': {'max': 1.10}}")).ok();
    assertThat(stored).isEqualTo(get());
    assertThat(type()).isEqualTo("stream");
    assertThat(stored.at("/streamState/0/streamDescriptor/namespace").asText()).isEqualTo("public");
    assertThat(store().stream(ORDERS))
        .extracting(memory -> memory.state())
        .isEqualTo(new StreamState(1, "{\"max\":1.10}"));
    assertThat(api.config("/state/create_or_update", wrap(stored.toString())).ok())
        .isEqualTo(stored);
    set("create_or_update", stream("null")).ok();
    assertThat(get().path("stateType").asText()).isEqualTo("not_set");
    assertThat(store().history(ORDERS)).hasSize(2);
  }

  @Test
  void anInterruptedSyncIsGivenUp() {
    store().saveStream(StoredSyncStoreTest.memory(ORDERS, new StreamState(1, "1")));
    store().saveConnection(new ConnectionMemory(7, 6));
    set("create_or_update_safe", "{'stateType': 'not_set'}").ok();
    assertThat(store().connection().open()).isFalse();
    assertThat(store().stream(ORDERS))
        .satisfies(
            memory -> {
              assertThat(memory.open()).isNull();
              assertThat(memory.state()).isNull();
              assertThat(memory.fields()).isNotEmpty();
            });
  }

  @Test
  void nothingIsChangedWhileAJobIsOpen() {
    api.jobs.open.add(id);
    TestApi.Reply reply = set("create_or_update_safe", stream("{'version': 1, 'token': 1}"));
    assertThat(reply.status()).isEqualTo(423);
    assertThat(reply.json().path("message").asText())
        .contains("State cannot be updated while a sync is running for this connection.");
    assertThat(get().path("stateType").asText()).isEqualTo("not_set");
    set("create_or_update", stream("{'version': 1, 'token': 1}")).ok();
  }

  @Test
  void aStateOfAStreamThatIsNotSyncedIsKept() {
    String state = stream("{'version': 1, 'token': 5}").replace("orders", "later");
    assertThat(set("create_or_update_safe", state).ok()).isEqualTo(get());
    assertThat(get().at("/streamState/0/streamDescriptor/name").asText()).isEqualTo("later");
  }

  @Test
  void theStateOfAnotherConnectionIsRefused() {
    String other = "'connectionId': '7b1e2c3d-0000-4000-8000-000000000001', ";
    for (String call : List.of("create_or_update", "create_or_update_safe")) {
      TestApi.Reply reply =
          set(call, stream("null").replace("{'stateType", "{" + other + "'stateType"));
      assertThat(reply.status()).as(call).isEqualTo(422);
      assertThat(reply.json().path("message").asText()).contains("connectionState.connectionId is");
    }
  }

  @Test
  void whatIsNoStateIsRefused() {
    assertThat(set("create_or_update", "{'stateType': 'global'}").status()).isEqualTo(422);
    assertThat(set("create_or_update", "{'stateType': 'stream', 'streamState': [{}]}").status())
        .isEqualTo(422);
    TestApi.Reply reply = set("create_or_update", stream("{'cursor': '5'}"));
    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.json().path("message").asText())
        .contains("connectionState.streamState[0].streamState")
        .contains("\"version\" must be a whole number");
  }

  private TestApi.Reply set(String call, String state) {
    return api.config("/state/" + call, wrap(state.replace('\'', '"')));
  }

  private String wrap(String state) {
    return json("{'connectionId': '%s', 'connectionState': ", id) + state + "}";
  }

  private static String stream(String state) {
    return "{'stateType': 'stream', 'streamState': [{'streamDescriptor': {'name': 'orders',"
        + " 'namespace': 'public'}, 'streamState': "
        + state
        + "}]}";
  }

  private JsonNode get() {
    return api.config("/state/get", json("{'connectionId': '%s'}", id)).ok();
  }

  private String type() {
    return api.config("/web_backend/state/get_type", json("{'connectionId': '%s'}", id))
        .json()
        .asText();
  }

  private StoredSyncStore store() {
    return new StoredSyncStore(
        api.database,
        id,
        StateFolder.of(temp.resolve("q"), id.toString()),
        TestApi.CLOCK,
        tx -> {});
  }
}
