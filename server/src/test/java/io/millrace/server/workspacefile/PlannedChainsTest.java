package io.millrace.server.workspacefile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connections that would start each other without end are seen before the first change. */
final class PlannedChainsTest {
  private static final String ENDS =
      """
      sources:
      - {name: people, connector: source-faker, config: {count: 20, seed: 1}}
      destinations:
      - {name: lake, connector: destination-duckdb, config: {destination_path: lake.duckdb}}
      connections:
      """;

  @TempDir private Path folder;
  private FileServer server;

  @BeforeEach
  void start() {
    server = new FileServer(folder);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static String connection(String name, String... starts) {
    StringBuilder entry =
        new StringBuilder("- {name: " + name + ", source: people, destination: lake, prefix: ")
            .append(name)
            .append(", streams: [{name: users}], after_success: [");
    for (String one : starts) {
      entry.append("{connection: ").append(one).append("},");
    }
    return entry.append("]}\n").toString();
  }

  private static String ring(String name, String way) {
    return "connection "
        + name
        + ": The connections would start each other without end: "
        + way
        + ". Take one of these out.";
  }

  @Test
  void aRingOfNewConnectionsIsSaidOnce() throws Exception {
    server.refuses(
        ENDS
            + connection("one", "two")
            + connection("two", "one", "end")
            + connection("own", "own")
            + connection("end"),
        ring("one", "one -> two -> one"),
        ring("own", "own -> own"));
  }

  @Test
  void aRingThroughWhatTheServerHasIsSaid() throws Exception {
    server.change(ENDS + connection("one", "two") + connection("two") + connection("three"));
    server.refuses(
        """
        connections:
        - {name: three, after_success: [{connection: one}]}
        - {name: two, after_success: [{sql: SELECT 1}, {connection: three}]}
        """,
        ring("three", "three -> one -> two -> three"));
    server.change(
        """
        connections:
        - {name: three, after_success: [{connection: one}]}
        - {name: two, after_success: [{connection: three}]}
        - {name: one, after_success: []}
        """);
    assertThat(server.export()).contains("- connection: three", "- connection: one");
  }

  @Test
  void noRingIsOnTheWayToChainsWithoutOne() throws Exception {
    server.change(
        ENDS + connection("one", "two") + connection("two", "three") + connection("three"));
    String turned =
        ENDS + connection("three", "two") + connection("two", "one") + connection("one");
    server.change(turned);
    assertThat(server.plan(turned)).isEmpty();
    String other =
        ENDS + connection("one", "two") + connection("two", "three") + connection("three");
    server.change(other);
    assertThat(server.plan(other)).isEmpty();
    String aside =
        ENDS
            + connection("three", "two", "four")
            + connection("two", "one")
            + connection("one", "four")
            + connection("four");
    server.change(aside);
    assertThat(server.plan(aside)).isEmpty();
  }
}
