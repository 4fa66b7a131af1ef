package io.millrace.server.workspacefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.ConfigException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What source and destination of a connection can do is looked at before the first change. */
final class PlannedStreamsTest {
  private static final String ENDS =
      """
      sources:
      - {name: people, connector: source-faker, config: {count: 20, seed: 1}}
      destinations:
      - {name: lake, connector: destination-duckdb, config: {destination_path: lake.duckdb}}
      - {name: files, connector: destination-local-files, config: {destination_path: warehouse/out}}
      """;

  private static final String WRONG =
      """
      connections:
      - name: modes
        source: people
        destination: files
        streams:
        - {name: users, sync_mode: full_refresh_append}
        - {name: products, sync_mode: incremental_append_dedup, primary_key: [id], cursor_field: updated_at}
      - name: streams
        source: people
        destination: lake
        streams: [{name: nobody}, {name: users, primary_key: [nothing], sync_mode: full_refresh_overwrite_dedup}]
      - name: mappers
        source: people
        destination: lake
        streams:
        - name: users
          mappers: [{type: hashing, mapperConfiguration: {targetField: nothing, method: SHA-256, fieldNameSuffix: _h}}]
        - {name: products, mappers: [{type: sideways, mapperConfiguration: {}}]}
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

  @Test
  void whatNewSourcesAndDestinationsCannotDoIsSaid() throws Exception {
    refused(ENDS + WRONG);
  }

  @Test
  void whatStoredSourcesAndDestinationsCannotDoIsSaid() throws Exception {
    server.change(ENDS);
    refused(WRONG);
    server.change(
        """
        connections:
        - {name: modes, source: people, destination: files, streams: [{name: users}]}
        - {name: streams, source: people, destination: lake, streams: [{name: users}]}
        - {name: mappers, source: people, destination: lake, prefix: m_, streams: [{name: users}]}
        """);
    refused(WRONG);
  }

  private void refused(String file) throws Exception {
    String before = server.export();
    for (boolean apply : new boolean[] {false, true}) {
      assertThatThrownBy(
              () -> {
                if (apply) {
                  server.change(file);
                } else {
                  server.plan(file);
                }
              })
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("connection modes: ")
          .hasMessageContaining("stream products: destinationSyncMode is \"append_dedup\"")
          .hasMessageContaining("connection streams: The source people has no stream nobody.")
          .hasMessageContaining("stream users: primaryKey is \"nothing\"")
          .hasMessageContaining("connection mappers: ")
          .hasMessageContaining("stream users: mappers[0]: expected what can be applied")
          .hasMessageContaining("stream products: mappers[0].type is \"sideways\"")
          .message()
          .doesNotContain("stream users: destinationSyncMode", "syncCatalog.");
    }
    assertThat(server.export()).as("nothing half done").isEqualTo(before);
  }

  @Test
  void aSourceThatCannotBeAskedIsSaid() throws Exception {
    String gone =
        """
        sources:
        - name: gone
          connector: source-postgres
          config: {host: 127.0.0.1, port: 1, database: shop, username: me, ssl_mode: {mode: disable}}
        connections:
        - {name: lost, source: gone, destination: lake, streams: [{name: users}]}
        """;
    server.change(ENDS);
    assertThatThrownBy(() -> server.plan(gone))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("connection lost: The streams of gone cannot be found: ");
  }

  @Test
  void fieldsThatCannotBeSelectedAreSaid() throws Exception {
    server.change(ENDS);
    String file =
        """
        connections:
        - name: fields
          source: people
          destination: lake
          streams:
          - {name: users, columns: [id, nope], primary_key: [zzz]}
          - {name: products, sync_mode: full_refresh_overwrite_dedup, primary_key: [id], columns: [make]}
          - {name: purchases, columns: []}
        - {name: twice, source: people, destination: lake, prefix: t_, streams: [{name: users}, {name: users}]}
        - name: lists
          source: people
          destination: lake
          prefix: l_
          streams:
          - {name: users, primary_key: [[id, name]]}
          - {name: products, cursor_field: {field: id}}
          - {name: purchases, columns: [null]}
        """;
    assertThatThrownBy(() -> server.plan(file))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("stream users: selectedFields is \"nope\"; expected a field of")
        .hasMessageContaining("stream users: primaryKey is \"zzz\"; expected a field of")
        .hasMessageContaining("stream products: selectedFields: expected the field id among them")
        .hasMessageContaining("stream purchases: selectedFields: expected at least one field")
        .hasMessageContaining("stream users: name is \"users\"; expected every stream once")
        .hasMessageContaining(
            "Stream users: primary_key: expected names of top-level fields, not [\"id\",\"name\"].")
        .hasMessageContaining("Stream products: cursor_field: expected names of top-level fields")
        .hasMessageContaining("Stream purchases: columns: expected names of top-level fields");
  }

  @Test
  void anActiveConnectionHasAStream() throws Exception {
    server.change(ENDS);
    String idle = "connections: [{name: one, source: people, destination: lake%s}]";
    for (String said : List.of("", ", streams: []", ", streams: null", ", status: active")) {
      noStream(idle.formatted(said));
    }
    server.change(idle.formatted(", status: inactive"));
    assertThat(server.plan(server.export())).isEmpty();
    noStream(idle.formatted(", status: active"));
    server.change(idle.formatted(", status: active, streams: [{name: users}]"));
    noStream(idle.formatted(", streams: []"));
    assertThat(server.plan(idle.formatted(", prefix: p_"))).hasSize(1);
  }

  private void noStream(String file) {
    assertThatThrownBy(() -> server.plan(file))
        .as(file)
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "connection one: it is active and has no stream to sync; name some under"
                + " streams, or give it the status inactive.");
  }

  @Test
  void aLockedConnectionIsSaid() throws Exception {
    server.change(
        ENDS
            + """
            connections:
            - {name: one, source: people, destination: lake, streams: [{name: users}], status: locked}
            """);
    String change =
        "connections: [{name: one, source: people, destination: lake, prefix: p_, status: locked}]";
    assertThatThrownBy(() -> server.plan(change))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("connection one: ")
        .hasMessageContaining("locked");
  }

  @Test
  void theSecondOfANameIsLookedAtToo() {
    String file =
        """
        sources:
        - {name: people, connector: source-faker, config: {count: 20}}
        - {name: people, connector: source-faker, config: {count: many}}
        - {connector: source-faker, config: {seed: none}}
        destinations:
        - {name: lake, connector: destination-duckdb, config: {destination_path: lake.duckdb}}
        connections:
        - {name: one, source: people, destination: lake, streams: [{name: users}]}
        - {name: one, source: people, destination: lake, status: asleep, streams: [{name: users}]}
        """;
    assertThatThrownBy(() -> server.plan(file))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("sources: several are named \"people\"")
        .hasMessageContaining("source people: ")
        .hasMessageContaining("connectionConfiguration.count is \"many\"")
        .hasMessageContaining("connectionConfiguration.seed is \"none\"")
        .hasMessageContaining("connection one: status is \"asleep\"");
  }

  @Test
  void anApplyThatStopsHalfWaySaysWhatItDid() throws Exception {
    WorkspaceFiles files = new WorkspaceFiles(server.api());
    List<Step> steps = files.plan(server.file(ENDS), false);
    server.change("sources: [{name: people, connector: source-faker, config: {count: 20}}]");
    String lake = server.id(io.millrace.server.connector.Side.SOURCE, "people");
    List<Step> broken =
        List.of(steps.get(1), new Step.Delete("connection", lake, "none"), steps.get(2));
    assertThatThrownBy(() -> files.apply(broken, step -> {}, warning -> {}))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("- connection none: ")
        .hasMessageEndingWith(
            " 1 of 3 changes was made before that and stays; apply the file again to go on.");
    assertThatThrownBy(() -> files.apply(broken.subList(1, 3), step -> {}, warning -> {}))
        .hasMessageEndingWith(" Nothing was changed.");
  }
}
