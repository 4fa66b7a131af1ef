package io.millrace.server.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.engine.ConnectionMemory;
import io.millrace.engine.OpenRead;
import io.millrace.engine.QuarantinedRow;
import io.millrace.engine.StreamMemory;
import io.millrace.engine.StreamMemory.FieldMemory;
import io.millrace.spi.ConfigException;
import io.millrace.spi.Partition;
import io.millrace.spi.RejectedRow;
import io.millrace.spi.StreamName;
import io.millrace.spi.StreamState;
import io.millrace.spi.SyncMode;
import io.millrace.spi.Tally;
import io.millrace.spi.TargetName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileSyncStoreTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final StreamName ORDERS = new StreamName("public", "orders");

  @TempDir Path temp;

  @Test
  void everythingComesBackInAnotherProcess() {
    StreamMemory memory = memory(ORDERS, new StreamState(3, "{\"max\": 1.10, \"big\": 1e400}"));
    try (FileSyncStore store = open()) {
      store.saveConnection(new ConnectionMemory(7, 6));
      store.saveStream(memory);
    }
    try (FileSyncStore store = open()) {
      assertThat(store.connection()).isEqualTo(new ConnectionMemory(7, 6));
      StreamMemory read = store.stream(ORDERS);
      assertThat(read).isNotNull();
      assertThat(read.state()).isEqualTo(new StreamState(3, "{\"max\":1.10,\"big\":1E+400}"));
      assertThat(read.withState(null)).isEqualTo(memory.withState(null));
      assertThat(store.streams()).containsExactly(read);
    }
  }

  @Test
  void aTokenThatIsNoJsonStaysAsItIs() {
    try (FileSyncStore store = open()) {
      StreamMemory memory = memory(ORDERS, new StreamState(1, "not \"json"));
      store.saveStream(memory);
      assertThat(store.stream(ORDERS)).isEqualTo(memory);
    }
  }

  @Test
  void idsDoNotComeAgainWhenTheStateIsLost() {
    try (FileSyncStore store = open()) {
      ConnectionMemory first = store.connection();
      assertThat(first.lastSyncId()).isEqualTo(NOW.getEpochSecond());
      assertThat(first.open()).isFalse();
    }
  }

  @Test
  void namesThatLookAlikeHaveFilesOfTheirOwn() {
    List<StreamName> names =
        List.of(
            new StreamName(null, "a.b"),
            new StreamName("a", "b"),
            new StreamName("a", "B"),
            new StreamName("a.b", "c"),
            new StreamName("a", "b.c"),
            new StreamName("a", "../../etc/passwd"),
            new StreamName("a", "x".repeat(5000)),
            new StreamName("a", "ünïcödé 😀"),
            new StreamName("a", "nul\0"));
    try (FileSyncStore store = open()) {
      for (StreamName name : names) {
        store.saveStream(memory(name, new StreamState(1, "\"" + name.name().length() + "\"")));
      }
      assertThat(store.streams()).hasSameSizeAs(names);
      for (StreamName name : names) {
        StreamMemory memory = store.stream(name);
        assertThat(memory).isNotNull();
        assertThat(memory.name()).isEqualTo(name);
      }
    }
    assertThat(temp.resolve("etc")).doesNotExist();
  }

  @Test
  void everyVersionOfAStateIsKept() {
    try (FileSyncStore store = open()) {
      for (int i = 1; i <= 5; i++) {
        store.saveStream(memory(ORDERS, new StreamState(1, Integer.toString(i))));
        store.saveStream(memory(ORDERS, new StreamState(1, Integer.toString(i))));
      }
      assertThat(store.history(ORDERS))
          .extracting(StreamHistory.Version::number, version -> token(version.state()))
          .containsExactly(
              org.assertj.core.groups.Tuple.tuple(1L, "1"),
              org.assertj.core.groups.Tuple.tuple(2L, "2"),
              org.assertj.core.groups.Tuple.tuple(3L, "3"),
              org.assertj.core.groups.Tuple.tuple(4L, "4"),
              org.assertj.core.groups.Tuple.tuple(5L, "5"));
    }
  }

  @Test
  void versionsAreBounded() {
    int saved = 5 * StreamHistory.VERSIONS_KEPT + 7;
    try (FileSyncStore store = open()) {
      for (int i = 1; i <= saved; i++) {
        store.saveStream(memory(ORDERS, new StreamState(1, Integer.toString(i))));
      }
      List<StreamHistory.Version> versions = store.history(ORDERS);
      assertThat(versions)
          .hasSizeBetween(StreamHistory.VERSIONS_KEPT, 2 * StreamHistory.VERSIONS_KEPT);
      assertThat(versions.getLast().number()).isEqualTo(saved);
    }
  }

  @Test
  void halfALineIsNoVersionAndIsCutOff() throws IOException {
    try (FileSyncStore store = open()) {
      store.saveStream(memory(ORDERS, new StreamState(1, "1")));
      Path history = store.folder().history(ORDERS);
      Files.writeString(
          history, Files.readString(history) + "{\"number\": 2, \"sa", StandardCharsets.UTF_8);
      assertThat(store.history(ORDERS)).hasSize(1);
      store.saveStream(memory(ORDERS, new StreamState(1, "2")));
      assertThat(store.history(ORDERS)).hasSize(2);
    }
  }

  @Test
  void anUnknownFormatIsRefusedInASentence() throws IOException {
    try (FileSyncStore store = open()) {
      store.saveStream(memory(ORDERS, null));
      Path file = store.folder().stream(ORDERS);
      Files.writeString(file, Files.readString(file).replace("\"format\" : 1", "\"format\" : 9"));
      assertThatThrownBy(() -> store.stream(ORDERS))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("has format 9, this version of Millrace knows format 1");
    }
  }

  @Test
  void aBrokenFileIsNamed() throws IOException {
    try (FileSyncStore store = open()) {
      store.saveStream(memory(ORDERS, null));
      Path file = store.folder().stream(ORDERS);
      Files.writeString(file, "{\"format\": 1, \"stream\": {}}");
      assertThatThrownBy(() -> store.stream(ORDERS))
          .hasMessageContaining(file.toString())
          .hasMessageContaining("\"name\" must be text");
      Files.writeString(file, "");
      assertThatThrownBy(() -> store.stream(ORDERS)).hasMessageContaining(file.toString());
    }
  }

  @Test
  void oneProcessAtATime() {
    try (FileSyncStore store = open()) {
      assertThat(store.folder().root()).isDirectory();
      assertThatThrownBy(this::open)
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining(
              "Pipeline shop is being synced by process " + ProcessHandle.current().pid());
    }
    open().close();
  }

  @Test
  void readingMakesNoFolder() {
    FileSyncStore store = FileSyncStore.reading(folder(), CLOCK);
    assertThat(store.streams()).isEmpty();
    assertThat(store.stream(ORDERS)).isNull();
    assertThat(store.history(ORDERS)).isEmpty();
    assertThat(temp).isEmptyDirectory();
  }

  @Test
  void quarantineKeepsARowOnce() {
    try (FileSyncStore store = open()) {
      store.quarantine(List.of(row(1, "line 1"), row(1, "line 2"), row(1, "line 1")));
    }
    try (FileSyncStore store = open()) {
      store.quarantine(List.of(row(1, "line 2"), row(2, "line 2")));
      Quarantine quarantine = new Quarantine(store.folder());
      assertThat(quarantine.rows(ORDERS))
          .extracting(json -> json.path("sync") + " " + json.path("position").asText())
          .containsExactly("1 line 1", "1 line 2", "2 line 2");
      assertThat(quarantine.streams())
          .singleElement()
          .extracting(Quarantine.Kept::rows)
          .isEqualTo(3L);
    }
  }

  @Test
  void quarantineCutsValuesAndIsBounded() {
    try (FileSyncStore store = open()) {
      int rows = 25_000;
      for (int i = 0; i < rows; i++) {
        store.quarantine(List.of(row(1, "line " + i)));
      }
      Quarantine.Kept kept = new Quarantine(store.folder()).streams().getFirst();
      assertThat(kept.rows() + kept.dropped()).isEqualTo(rows);
      assertThat(kept.dropped()).isPositive();
      assertThat(bytesUnder(store.folder().quarantine()))
          .isLessThan(2 * QuarantineFiles.FILE_BYTES_MAX + 10_000);
      assertThat(
              new Quarantine(store.folder())
                  .rows(ORDERS)
                  .getLast()
                  .path("value")
                  .asText()
                  .getBytes(StandardCharsets.UTF_8))
          .hasSizeLessThanOrEqualTo(QuarantineFiles.VALUE_BYTES_MAX);
    }
  }

  @Test
  void theFolderKeepsItselfOutOfVersionControl() {
    StateFolder folder = StateFolder.of(temp.resolve(StateFolder.DEFAULT_PARENT), "shop");
    FileSyncStore.open(folder, CLOCK).close();
    assertThat(temp.resolve(".millrace/.gitignore")).hasContent("*");
  }

  private static long bytesUnder(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.mapToLong(file -> file.toFile().length()).sum();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private StateFolder folder() {
    return StateFolder.of(temp, "shop");
  }

  private FileSyncStore open() {
    return FileSyncStore.open(folder(), CLOCK);
  }

  private static String token(@Nullable StreamState state) {
    return state == null ? "" : state.token();
  }

  private static QuarantinedRow row(long sync, String position) {
    return new QuarantinedRow(
        ORDERS, sync, 4, "p1", new RejectedRow(position, "c", "Too big.", "é".repeat(1000)), NOW);
  }

  private static StreamMemory memory(StreamName name, @Nullable StreamState state) {
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
