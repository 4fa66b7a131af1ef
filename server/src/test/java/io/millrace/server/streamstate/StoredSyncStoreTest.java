package io.millrace.server.streamstate;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.ConnectionMemory;
import io.millrace.engine.OpenRead;
import io.millrace.engine.QuarantinedRow;
import io.millrace.engine.StreamMemory;
import io.millrace.engine.StreamMemory.FieldMemory;
import io.millrace.server.connection.ConnectionId;
import io.millrace.server.connection.TestApi;
import io.millrace.server.connection.TestConnections;
import io.millrace.server.state.Quarantine;
import io.millrace.server.state.StateFolder;
import io.millrace.server.store.Dialect;
import io.millrace.server.store.EachStore;
import io.millrace.spi.Partition;
import io.millrace.spi.RejectedRow;
import io.millrace.spi.StreamName;
import io.millrace.spi.StreamState;
import io.millrace.spi.SyncMode;
import io.millrace.spi.Tally;
import io.millrace.spi.TargetName;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@EachStore
final class StoredSyncStoreTest {
  private static final StreamName ORDERS = new StreamName("public", "orders");

  private final Dialect dialect;

  @TempDir Path temp;
  private TestApi api;
  private ConnectionId id;

  StoredSyncStoreTest(Dialect dialect) {
    this.dialect = dialect;
  }

  @BeforeEach
  void start() {
    api = TestApi.fresh(dialect);
    id = TestConnections.add(api, "c");
  }

  @Test
  void everythingComesBackFromAnotherObject() {
    StreamMemory memory = memory(ORDERS, new StreamState(3, "{\"max\": 1.10, \"big\": 1e400}"));
    open().saveConnection(new ConnectionMemory(7, 6));
    open().saveStream(memory);
    StoredSyncStore store = open();
    assertThat(store.connection()).isEqualTo(new ConnectionMemory(7, 6));
    StreamMemory read = store.stream(ORDERS);
    assertThat(read).isNotNull();
    assertThat(read.state()).isEqualTo(new StreamState(3, "{\"max\":1.10,\"big\":1E+400}"));
    assertThat(read.withState(null)).isEqualTo(memory.withState(null));
    assertThat(store.streams()).containsExactly(read);
    store.saveConnection(new ConnectionMemory(8, 8));
    assertThat(open().connection()).isEqualTo(new ConnectionMemory(8, 8));
  }

  @Test
  void connectionsRememberApart() {
    ConnectionId other = TestConnections.add(api, "other");
    open().saveStream(memory(ORDERS, new StreamState(1, "1")));
    StoredSyncStore store =
        new StoredSyncStore(api.database, other, folder(), TestApi.CLOCK, tx -> {});
    assertThat(store.stream(ORDERS)).isNull();
    assertThat(store.streams()).isEmpty();
    store.saveStream(memory(ORDERS, new StreamState(1, "2")));
    assertThat(token(open())).isEqualTo("1");
  }

  @Test
  void aTokenThatIsNoJsonStaysAsItIs() {
    StreamMemory memory = memory(ORDERS, new StreamState(1, "not \"json"));
    open().saveStream(memory);
    assertThat(open().stream(ORDERS)).isEqualTo(memory);
  }

  @Test
  void idsDoNotComeAgainWhenTheStoreIsLost() {
    ConnectionMemory first = open().connection();
    assertThat(first.lastSyncId()).isEqualTo(TestApi.NOW.getEpochSecond());
    assertThat(first.open()).isFalse();
  }

  @Test
  void namesThatLookAlikeAreDifferentStreams() {
    List<StreamName> names =
        List.of(
            new StreamName(null, "a.b"),
            new StreamName("a", "b"),
            new StreamName("a", "B"),
            new StreamName("a.b", "c"),
            new StreamName("a", "b.c"),
            new StreamName("a", "x' OR '1'='1"),
            new StreamName("a", "x".repeat(2000)),
            new StreamName("a", "ünïcödé 😀"));
    for (StreamName name : names) {
      open().saveStream(memory(name, new StreamState(1, "\"" + name.name().length() + "\"")));
    }
    assertThat(open().streams())
        .extracting(StreamMemory::name)
        .containsExactlyElementsOf(names.stream().sorted().toList());
    for (StreamName name : names) {
      StreamMemory memory = open().stream(name);
      assertThat(memory).isNotNull();
      assertThat(memory.name()).isEqualTo(name);
    }
  }

  @Test
  void everyVersionOfAStateIsKeptAndNoOther() {
    StoredSyncStore store = open();
    store.saveStream(memory(ORDERS, null));
    for (int i = 1; i <= 3; i++) {
      store.saveStream(memory(ORDERS, new StreamState(1, "{\"n\": " + i + "}")));
      store.saveStream(memory(ORDERS, new StreamState(1, "{\"n\":" + i + "}")));
    }
    store.saveStream(memory(ORDERS, null));
    assertThat(store.history(ORDERS))
        .extracting(version -> version.state() == null ? "" : version.state().token())
        .containsExactly("{\"n\":1}", "{\"n\":2}", "{\"n\":3}", "");
    assertThat(store.history(ORDERS)).allMatch(version -> version.savedAt().equals(TestApi.NOW));
  }

  @Test
  void versionsAreBounded() {
    StoredSyncStore store = open();
    int saved = StreamStateStore.VERSIONS_KEPT + 7;
    StreamName other = new StreamName(null, "other");
    store.saveStream(memory(other, new StreamState(1, "0")));
    for (int i = 1; i <= saved; i++) {
      store.saveStream(memory(ORDERS, new StreamState(1, Integer.toString(i))));
    }
    List<StreamStateStore.Version> versions = store.history(ORDERS);
    assertThat(versions).hasSize(StreamStateStore.VERSIONS_KEPT);
    assertThat(versions.getLast().state()).isEqualTo(new StreamState(1, Integer.toString(saved)));
    assertThat(store.history(other)).hasSize(1);
  }

  @Test
  void streamsSaveFromTheirOwnThreads() throws InterruptedException {
    StoredSyncStore store = open();
    List<Thread> threads =
        IntStream.range(0, 8)
            .mapToObj(
                i ->
                    Thread.ofVirtual()
                        .start(
                            () -> {
                              StreamName name = new StreamName("s", "t" + i);
                              for (int n = 1; n <= 5; n++) {
                                store.saveStream(
                                    memory(name, new StreamState(1, Integer.toString(n))));
                              }
                            }))
            .toList();
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(store.streams())
        .hasSize(8)
        .allMatch(memory -> new StreamState(1, "5").equals(memory.state()));
    assertThat(store.history(new StreamName("s", "t3"))).hasSize(5);
  }

  @Test
  void quarantineKeepsARowOnceInFilesOfTheConnection() {
    open().quarantine(List.of(row(1, "line 1"), row(1, "line 2"), row(1, "line 1")));
    open().quarantine(List.of(row(1, "line 2"), row(2, "line 2")));
    assertThat(new Quarantine(folder()).rows(ORDERS))
        .extracting(json -> json.path("sync") + " " + json.path("position").asText())
        .containsExactly("1 line 1", "1 line 2", "2 line 2");
  }

  private StateFolder folder() {
    return StateFolder.of(temp.resolve("connections"), id.toString());
  }

  private StoredSyncStore open() {
    return new StoredSyncStore(api.database, id, folder(), TestApi.CLOCK, tx -> {});
  }

  private static String token(StoredSyncStore store) {
    StreamMemory memory = store.stream(ORDERS);
    return memory == null || memory.state() == null ? "" : memory.state().token();
  }

  private static QuarantinedRow row(long sync, String position) {
    return new QuarantinedRow(
        ORDERS, sync, 4, "p1", new RejectedRow(position, "c", "Too big.", "x"), TestApi.NOW);
  }

  /** Returns a memory in the middle of a read. */
  static StreamMemory memory(StreamName name, @Nullable StreamState state) {
    TargetName target = new TargetName("main", "orders", "main.orders");
    return new StreamMemory(
        name,
        TargetName.wanted(null, "orders"),
        target,
        2,
        true,
        state,
        List.of(new FieldMemory("id", "int64"), new FieldMemory("amount", "decimal(15,2)")),
        true,
        new OpenRead(
            7,
            SyncMode.INCREMENTAL_APPEND_DEDUP,
            "cursor=updated_at",
            new StreamState(1, "{\"a\":[1,2]}"),
            "{\"fields\":[]}",
            List.of(new Partition("p1", 1, "{\"from\":0}", "SELECT 1", 10, -1)),
            new Tally(5, 3, 1, 1, 99)));
  }
}
