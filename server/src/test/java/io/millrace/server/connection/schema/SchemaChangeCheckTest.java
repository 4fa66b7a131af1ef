package io.millrace.server.connection.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.connection.CatalogSource;
import io.millrace.server.connection.Connection;
import io.millrace.server.connection.ConnectionId;
import io.millrace.server.connection.ConnectionStatus;
import io.millrace.server.connection.ConnectionStore;
import io.millrace.server.connection.ConnectionStream;
import io.millrace.server.connection.StreamJson;
import io.millrace.server.connection.TestApi;
import io.millrace.server.connection.TestConnections;
import io.millrace.server.connection.TestStreams;
import io.millrace.server.json.Documents;
import io.millrace.server.state.StateEditor;
import io.millrace.server.state.StateFolder;
import io.millrace.server.store.Dialect;
import io.millrace.server.store.EachStore;
import io.millrace.server.streamstate.StoredSyncStore;
import io.millrace.spi.StreamName;
import io.millrace.spi.StreamState;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@EachStore
final class SchemaChangeCheckTest {
  private static final StreamName ORDERS = new StreamName("public", "orders");

  private final Dialect dialect;

  @TempDir Path temp;
  private TestApi api;

  SchemaChangeCheckTest(Dialect dialect) {
    this.dialect = dialect;
  }

  @BeforeEach
  void start() {
    api = TestApi.fresh(dialect);
    api.catalogs.offer(
        TestStreams.table("public", "orders", "note"), TestStreams.table("public", "other"));
  }

  @Test
  void withoutADifferenceTheConnectionMovesOn() {
    Connection connection = add("ignore");
    CatalogSource.Found found = api.catalogs.keep();
    SchemaChange change = check(connection.id(), found);
    assertThat(change.diff().isEmpty()).isTrue();
    assertThat(change.streams()).hasSize(1);
    assertThat(now(connection).catalog()).isEqualTo(found.id());
    assertThat(api.told).isEmpty();
  }

  @Test
  void ignoringToldOnceAndReadsWhatThereIs() {
    Connection connection = add("ignore");
    CatalogSource.Found found = offer(TestStreams.table("public", "orders", "fresh"));
    SchemaChange change = check(connection.id(), found);
    assertThat(change.diff().isEmpty()).isFalse();
    assertThat(change.propagated().isEmpty()).isTrue();
    assertThat(change.disabledReason()).isNull();
    assertThat(StreamJson.fields(change.streams().getFirst().stream()))
        .as("without the lost field, without the new one")
        .containsExactly("id", "updated_at");
    assertThat(fields(connection)).containsExactly("id", "updated_at", "note");
    assertThat(now(connection).catalog()).isEqualTo(connection.catalog());
    check(connection.id(), found);
    assertThat(api.told).containsExactly("schema of c");
  }

  @Test
  void whatWasOnlyReportedIsToldAgainWhenItIsTakenOver() {
    Connection connection = add("ignore");
    CatalogSource.Found found = offer(TestStreams.table("public", "orders", "fresh"));
    check(connection.id(), found);
    prefer(connection, "propagate_columns");
    check(connection.id(), found);
    check(connection.id(), found);
    assertThat(api.told).containsExactly("schema of c", "schema of c");
  }

  @Test
  void whatWasOnlyReportedIsToldAgainWhenItStopsTheConnection() {
    Connection connection = add("ignore");
    CatalogSource.Found found = offer(TestStreams.table("public", "orders", "fresh"));
    check(connection.id(), found);
    prefer(connection, "disable");
    check(connection.id(), found);
    assertThat(api.told)
        .containsExactly("schema of c", "active->inactive by millrace", "schema of c");
  }

  @Test
  void aStreamThatIsGoneIsLost() {
    Connection connection = add("ignore");
    SchemaChange change = check(connection.id(), offer(TestStreams.table("public", "other")));
    assertThat(change.streams()).isEmpty();
    assertThat(change.lost()).hasSize(1);
    assertThat(change.lost().getFirst().problem())
        .isEqualTo(
            "The source no longer has stream public.orders. Deselect it in the connection, or"
                + " bring it back at the source.");
    assertThat(streams(connection)).hasSize(1);
    assertThat(now(connection).status()).isEqualTo(ConnectionStatus.ACTIVE);
  }

  @Test
  void aStreamWithoutAnyOfItsFieldsIsLost() {
    ConnectionStream whole =
        TestStreams.stream(
            TestStreams.table("public", "orders", "note"), "full_refresh", "overwrite");
    ObjectNode emptied = TestStreams.table("public", "orders", "fresh");
    ((ObjectNode) emptied.at("/jsonSchema/properties")).remove(List.of("id", "updated_at"));
    CatalogSource.Found found = offer(emptied, TestStreams.table("public", "other"));
    assertThat(check(add("ignore", whole).id(), found).lost()).hasSize(1);
    assertThat(check(add("propagate_columns", whole).id(), found).lost())
        .as("it reads what there is")
        .isEmpty();
  }

  /** A selection of no field would be one of all. */
  @Test
  void aStreamWithoutAnyOfItsSelectedFieldsIsLostWhateverThePreference() {
    ObjectNode table = TestStreams.table("public", "orders", "note");
    ConnectionStream stream = TestStreams.stream(table, "full_refresh", "overwrite");
    ConnectionStream selecting =
        new ConnectionStream(
            stream.name(), true, table, TestStreams.selecting(stream.config(), "note"));
    CatalogSource.Found found = offer(TestStreams.table("public", "orders"));
    for (String preference : List.of("ignore", "propagate_columns", "propagate_fully")) {
      Connection connection = add(preference, selecting);
      for (String round : List.of("at first", "and again")) {
        SchemaChange change = check(connection.id(), found);
        assertThat(change.streams()).as(preference).isEmpty();
        assertThat(change.lost()).as(preference + " " + round).hasSize(1);
        assertThat(change.lost().getFirst().problem()).contains("public.orders", "(note)");
      }
    }
  }

  @Test
  void disablingStopsAtAnyChange() {
    Connection connection = add("disable");
    SchemaChange change =
        check(connection.id(), offer(TestStreams.table("public", "orders", "note", "fresh")));
    assertThat(change.disabledReason()).isEqualTo(SchemaChange.ANY);
    assertThat(now(connection).status()).isEqualTo(ConnectionStatus.INACTIVE);
    assertThat(now(connection).statusReason()).isEqualTo(SchemaChange.ANY);
    assertThat(now(connection).breakingChange()).isFalse();
    assertThat(api.told).containsExactly("active->inactive by millrace", "schema of c");
  }

  @Test
  void switchingOnAgainAcceptsWhatWasSeen() {
    Connection connection = add("disable");
    CatalogSource.Found seen = offer(TestStreams.table("public", "orders", "note", "fresh"));
    check(connection.id(), seen);
    switchOn(connection);
    assertThat(check(connection.id(), seen).disabledReason()).isNull();
    assertThat(check(connection.id(), seen).disabledReason()).as("and again").isNull();
    assertThat(now(connection).status()).isEqualTo(ConnectionStatus.ACTIVE);

    CatalogSource.Found more =
        offer(TestStreams.table("public", "orders", "note", "fresh", "fresher"));
    assertThat(check(connection.id(), more).disabledReason()).isEqualTo(SchemaChange.ANY);
  }

  @Test
  void whatIsSeenWhileItIsOffIsAcceptedToo() {
    Connection connection = add("disable");
    check(connection.id(), offer(TestStreams.table("public", "orders", "note", "fresh")));
    CatalogSource.Found more =
        offer(TestStreams.table("public", "orders", "note", "fresh", "fresher"));
    api.schemas.look(connection.id(), more);
    switchOn(connection);
    assertThat(check(connection.id(), more).disabledReason()).isNull();
  }

  @Test
  void whatWasUndoneIsNewWhenItComesAgain() {
    Connection connection = add("disable");
    ObjectNode other = TestStreams.table("public", "other");
    CatalogSource.Found seen = offer(TestStreams.table("public", "orders", "note", "fresh"), other);
    check(connection.id(), seen);
    switchOn(connection);
    check(connection.id(), offer(TestStreams.table("public", "orders", "note"), other));
    assertThat(check(connection.id(), seen).disabledReason()).isEqualTo(SchemaChange.ANY);
  }

  @Test
  void aBreakingChangeIsNotAcceptedBySwitchingOn() {
    Connection connection = add("disable");
    ObjectNode broken = TestStreams.table("public", "orders", "note");
    ((ObjectNode) broken.at("/jsonSchema/properties")).remove("updated_at");
    CatalogSource.Found found = offer(broken);
    assertThat(SchemaAdvice.of(check(connection.id(), found)))
        .contains("stream public.orders has lost updated_at")
        .contains("Save the connection with another cursor or key");
    switchOn(connection);
    assertThat(check(connection.id(), found).disabledReason()).isEqualTo(SchemaChange.BREAKING);
    assertThat(now(connection).status()).isEqualTo(ConnectionStatus.INACTIVE);
  }

  @Test
  void aBreakingChangeStopsWhateverThePreference() {
    Connection connection = add("propagate_fully");
    ObjectNode broken = TestStreams.table("public", "orders", "note");
    ((ObjectNode) broken.at("/jsonSchema/properties")).remove("updated_at");
    SchemaChange change = check(connection.id(), offer(broken));
    assertThat(change.breaking()).isTrue();
    assertThat(change.disabledReason()).isEqualTo(SchemaChange.BREAKING);
    assertThat(now(connection).breakingChange()).isTrue();
    assertThat(now(connection).status()).isEqualTo(ConnectionStatus.INACTIVE);
    assertThat(fields(connection)).contains("updated_at");
    SchemaChange healed =
        check(
            connection.id(),
            offer(
                TestStreams.table("public", "orders", "note"),
                TestStreams.table("public", "other")));
    assertThat(healed.breaking()).isFalse();
    assertThat(now(connection).breakingChange()).isFalse();
  }

  @Test
  void columnsAreTakenOverAndFilledAgain() {
    Connection connection = add("propagate_columns");
    store(connection).saveStream(StateEditor.unsynced(ORDERS, new StreamState(1, "5")));
    CatalogSource.Found found =
        offer(
            TestStreams.table("public", "orders", "fresh"),
            TestStreams.table("public", "other"),
            TestStreams.table("public", "new"));
    SchemaChange change = check(connection.id(), found);
    assertThat(change.propagated().transforms()).hasSize(1);
    assertThat(fields(connection)).containsExactly("id", "updated_at", "fresh");
    assertThat(streams(connection)).hasSize(1);
    assertThat(now(connection).catalog()).isEqualTo(found.id());
    assertThat(change.backfilled()).containsExactly(ORDERS);
    assertThat(store(connection).stream(ORDERS))
        .satisfies(memory -> assertThat(memory.state()).isNull());
  }

  @Test
  void selectedFieldsFollow() {
    ConnectionStream stream =
        TestStreams.stream(
            TestStreams.table("public", "orders", "note"), "incremental", "append_dedup");
    ConnectionStream selecting =
        new ConnectionStream(
            stream.name(),
            true,
            stream.stream(),
            TestStreams.selecting(stream.config(), "id", "updated_at", "note"));
    Connection connection = add("propagate_columns", selecting);
    check(connection.id(), offer(TestStreams.table("public", "orders", "fresh")));
    assertThat(StreamJson.selectedFields(streams(connection).getFirst().config()))
        .containsExactly("id", "updated_at", "fresh");
  }

  @Test
  void fullPropagationAddsAndDropsStreams() {
    Connection connection = add("propagate_fully");
    ObjectNode fresh = TestStreams.table("public", "new");
    fresh.put("sourceDefinedCursor", true);
    SchemaChange change = check(connection.id(), offer(fresh));
    assertThat(change.propagated().transforms()).hasSize(3);
    List<ConnectionStream> streams = streams(connection);
    assertThat(streams).extracting(one -> one.name().name()).containsExactly("new");
    assertThat(streams.getFirst().selected()).isTrue();
    assertThat(streams.getFirst().config().path("destinationSyncMode").asText())
        .isEqualTo("append_dedup");
    assertThat(change.streams()).hasSize(1);
  }

  private SchemaChange check(ConnectionId connection, CatalogSource.Found found) {
    return api.database.write(tx -> api.schemas.check(tx, connection, found));
  }

  private CatalogSource.Found offer(ObjectNode... streams) {
    api.catalogs.offer(streams);
    return api.catalogs.keep();
  }

  private Connection add(String preference) {
    return add(
        preference,
        TestStreams.stream(
            TestStreams.table("public", "orders", "note"), "incremental", "append_dedup"));
  }

  private Connection add(String preference, ConnectionStream stream) {
    CatalogSource.Found found = api.catalogs.keep();
    Connection connection =
        TestConnections.of(api, "c")
            .withCatalog(found.id(), false, TestApi.NOW)
            .withDetails(
                Documents.empty()
                    .put("nonBreakingChangesPreference", preference)
                    .put("backfillPreference", "enabled"));
    TestConnections.add(api, connection, stream);
    return connection;
  }

  private void prefer(Connection connection, String preference) {
    Connection known = now(connection);
    ObjectNode details = known.details().deepCopy();
    details.put("nonBreakingChangesPreference", preference);
    api.database.change(tx -> new ConnectionStore().update(tx, known.withDetails(details)));
  }

  private void switchOn(Connection connection) {
    Connection on = now(connection).withStatus(ConnectionStatus.ACTIVE, null, TestApi.NOW);
    api.database.change(tx -> new ConnectionStore().update(tx, on));
  }

  private Connection now(Connection connection) {
    return api.service.get(connection.id()).connection();
  }

  private List<ConnectionStream> streams(Connection connection) {
    return api.service.get(connection.id()).streams();
  }

  private List<String> fields(Connection connection) {
    return StreamJson.fields(streams(connection).getFirst().stream());
  }

  private StoredSyncStore store(Connection connection) {
    return new StoredSyncStore(
        api.database,
        connection.id(),
        StateFolder.of(temp.resolve("q"), connection.id().toString()),
        TestApi.CLOCK,
        tx -> {});
  }
}
