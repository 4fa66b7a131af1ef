package io.millrace.server.connection.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.engine.Failure;
import io.millrace.engine.NamespaceRule;
import io.millrace.engine.StreamOptions;
import io.millrace.engine.SyncSpec;
import io.millrace.server.actor.ActorId;
import io.millrace.server.connection.Connection;
import io.millrace.server.connection.ConnectionId;
import io.millrace.server.connection.ConnectionStatus;
import io.millrace.server.connection.ConnectionStream;
import io.millrace.server.connection.Schedule;
import io.millrace.server.connection.TestApi;
import io.millrace.server.connection.TestStreams;
import io.millrace.server.connector.ConnectorRegistry;
import io.millrace.server.connector.Endpoint;
import io.millrace.server.json.Documents;
import io.millrace.server.workspace.WorkspaceId;
import io.millrace.spi.ConfigException;
import io.millrace.spi.StreamName;
import io.millrace.spi.SyncMode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConnectionSpecsTest {
  private static final ConnectorRegistry REGISTRY = ConnectorRegistry.load();
  private static final ObjectNode ORDERS = TestStreams.table("public", "orders", "note");

  @Test
  void saysToTheEngineWhatTheConnectionSays() {
    Connection connection = connection("customformat", "x_${SOURCE_NAMESPACE}", "ignore");
    SyncSpec spec = spec(connection, TestStreams.stream(ORDERS, "incremental", "append_dedup"));
    assertThat(spec.connectionId()).isEqualTo(connection.id().toString());
    assertThat(spec.prefix()).isEqualTo("p_");
    assertThat(spec.namespace()).isEqualTo(new NamespaceRule.Custom("x_${SOURCE_NAMESPACE}"));
    assertThat(spec.selects(new StreamName("public", "orders"))).isTrue();
    assertThat(spec.selects(new StreamName("other", "orders"))).isFalse();
    assertThat(options(spec))
        .isEqualTo(
            new StreamOptions(
                SyncMode.INCREMENTAL_APPEND_DEDUP,
                "updated_at",
                List.of("id"),
                List.of("id", "updated_at", "note"),
                null));
  }

  @Test
  void namespacesFollowTheirDefinition() {
    assertThat(spec(connection("source", null, "ignore"), plain()).namespace())
        .isEqualTo(new NamespaceRule.OfSource());
    assertThat(spec(connection("destination", null, "ignore"), plain()).namespace())
        .isEqualTo(new NamespaceRule.OfDestination());
    assertThat(spec(connection("customformat", null, "ignore"), plain()).namespace())
        .isEqualTo(new NamespaceRule.Custom("${SOURCE_NAMESPACE}"));
  }

  @Test
  void columnsAreThoseThatAreKnownSelectedOrAll() {
    assertThat(options(spec(connection("source", null, "propagate_columns"), plain())).columns())
        .isNull();
    ConnectionStream selecting =
        new ConnectionStream(
            plain().name(),
            true,
            ORDERS,
            TestStreams.selecting(TestStreams.config("full_refresh", "append"), "id"));
    assertThat(options(spec(connection("source", null, "propagate_fully"), selecting)).columns())
        .containsExactly("id");
  }

  @ParameterizedTest
  @CsvSource({
    "full_refresh,overwrite,FULL_REFRESH_OVERWRITE",
    "full_refresh,append,FULL_REFRESH_APPEND",
    "full_refresh,overwrite_dedup,FULL_REFRESH_OVERWRITE_DEDUP",
    "incremental,append,INCREMENTAL_APPEND",
    "incremental,append_dedup,INCREMENTAL_APPEND_DEDUP"
  })
  void modesAreTranslated(String read, String write, SyncMode mode) {
    assertThat(
            options(
                    spec(
                        connection("source", null, "ignore"),
                        TestStreams.stream(ORDERS, read, write)))
                .mode())
        .isEqualTo(mode);
  }

  /** It is there now; what is gone when the engine looks holds up no other stream. */
  @Test
  void aStreamThatGoesIsLost() {
    assertThat(spec(connection("source", null, "ignore"), plain()).streams().getFirst().whenGone())
        .isNotNull()
        .hasMessageContaining("The source no longer has stream public.orders. Deselect it")
        .extracting(ConfigException::code)
        .isEqualTo(Failure.STREAM_LOST);
  }

  @Test
  void refusesWhatCannotBeSynced() {
    refuses("no stream to sync");
    refuses(
        "no stream to sync", new ConnectionStream(plain().name(), false, ORDERS, plain().config()));
    refuses("destinationSyncMode", TestStreams.stream(ORDERS, "incremental", "overwrite"));
    ConnectionStream nestedKey = TestStreams.stream(ORDERS, "incremental", "append_dedup");
    nestedKey.config().putArray("primaryKey").addArray().add("a").add("b");
    refuses("fields within objects cannot be part of a key", nestedKey);
    ConnectionStream nestedCursor = TestStreams.stream(ORDERS, "incremental", "append");
    nestedCursor.config().putArray("cursorField").add("a").add("b");
    refuses("cannot be cursors", nestedCursor);
    ConnectionStream mapped = plain();
    mapped.config().putArray("mappers").addObject().put("type", "hashing");
    refuses("mappers[0].mapperConfiguration: is required", mapped);
  }

  private static void refuses(String sentence, ConnectionStream... streams) {
    assertThatThrownBy(() -> spec(connection("source", null, "ignore"), streams))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(sentence);
  }

  private static SyncSpec spec(Connection connection, ConnectionStream... streams) {
    return ConnectionSpecs.spec(
        connection,
        List.of(streams),
        List.of(),
        false,
        new Endpoint(REGISTRY.find("source-faker"), Map.of(), Path.of("."), "source.config"),
        new Endpoint(
            REGISTRY.find("destination-duckdb"),
            Map.of("destination_path", "x.duckdb"),
            Path.of("."),
            "destination.config"));
  }

  private static StreamOptions options(SyncSpec spec) {
    return spec.streams().getFirst().options();
  }

  private static ConnectionStream plain() {
    return TestStreams.stream(ORDERS, "full_refresh", "overwrite");
  }

  private static Connection connection(
      String definition, @Nullable String format, String preference) {
    return new Connection(
        ConnectionId.random(),
        WorkspaceId.random(),
        ActorId.random(),
        ActorId.random(),
        "c",
        ConnectionStatus.ACTIVE,
        null,
        new Schedule.Manual(),
        definition,
        format,
        "p_",
        null,
        false,
        Documents.empty().put("nonBreakingChangesPreference", preference),
        TestApi.NOW,
        TestApi.NOW);
  }
}
