package io.millrace.server.connection;

import static io.millrace.server.connection.TestApi.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.actor.Actor;
import io.millrace.server.actor.ActorStore;
import io.millrace.server.connector.Side;
import io.millrace.server.http.ApiException;
import io.millrace.server.store.Dialect;
import io.millrace.server.store.EachStore;
import io.millrace.server.workspace.WorkspaceLimits;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two connections into one table, and connections beyond their limits. */
@EachStore
final class SharedTargetsTest {
  private final Dialect dialect;
  private TestApi api;

  SharedTargetsTest(Dialect dialect) {
    this.dialect = dialect;
  }

  @BeforeEach
  void start() {
    api = TestApi.fresh(dialect);
    api.catalogs.offer(
        TestStreams.table("public", "orders", "note"), TestStreams.table("sales", "p_orders"));
    api.catalogs.keep();
  }

  @Test
  void saysThatASecondConnectionReplacesTheRowsOfTheFirst() {
    ObjectNode first = create("'name': 'first'", "public", "orders", "overwrite");
    assertThat(first.has("warnings")).isFalse();
    ObjectNode second = create("'name': 'second'", "public", "orders", "append");
    String warning = second.path("warnings").path(0).asText();
    assertThat(warning)
        .contains("public.orders", "\"first\"", "removes the rows of the other", "prefix");
    assertThat(get(first).path("warnings").path(0).asText()).contains("\"second\"");
    JsonNode shown = api.send("GET", "/api/public/v1/connections/" + id(second), null).ok();
    assertThat(shown.path("warnings").path(0).asText()).isEqualTo(warning);
  }

  @Test
  void looksAtWhereStreamsLandAndNotAtTheirNames() {
    create("'name': 'first', 'namespaceDefinition': 'destination'", "sales", "p_orders", "append");
    String prefixed = "'prefix': 'p_', 'namespaceDefinition': 'destination'";
    assertThat(create(prefixed, "public", "orders", "append").path("warnings").path(0).asText())
        .contains("p_orders", "both write into one table");
    String elsewhere =
        "'namespaceDefinition': 'customformat', 'namespaceFormat': 'x_${SOURCE_NAMESPACE}'";
    assertThat(create(elsewhere, "sales", "p_orders", "overwrite").has("warnings")).isFalse();
    assertThat(create("'prefix': 'q_'", "public", "orders", "overwrite").has("warnings")).isFalse();
  }

  @Test
  void saysNothingOfConnectionsThatDoNotRun() {
    ObjectNode first = create("'status': 'inactive'", "public", "orders", "overwrite");
    assertThat(create("", "public", "orders", "overwrite").has("warnings")).isFalse();
    String on = json("{'connectionId': '%s', 'status': 'active'}", id(first));
    assertThat(api.config("/connections/update", on).ok().path("warnings")).hasSize(1);
  }

  @Test
  void refusesThemWhereTheRuleSaysSo() {
    create("'name': 'first'", "public", "orders", "overwrite");
    ObjectNode second = create("'name': 'second'", "public", "orders", "overwrite");
    ConnectionRules rules =
        new ConnectionRules(WorkspaceLimits.DEFAULT, ConnectionRules.Shared.REFUSE);
    ConnectionView view = api.service.get(ConnectionId.of(id(second)));
    Actor destination =
        api.database.read(
            tx -> new ActorStore().find(tx, Side.DESTINATION, api.destination).orElseThrow());
    assertThatThrownBy(
            () ->
                api.database.read(
                    tx -> rules.targets(tx, view.connection(), view.streams(), destination)))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("\"first\"");
    assertThat(SharedTargets.refusal(view.connection(), List.of()).sentence()).isEmpty();
  }

  @Test
  void refusesMoreFieldsThanAConnectionMayHave() {
    api.catalogs.offer(
        TestStreams.table(
            "public",
            "wide",
            IntStream.range(0, 60).mapToObj(i -> "f" + i).toArray(String[]::new)));
    api.catalogs.keep();
    TestApi.Reply refused = api.config("/connections/create", body("", "public", "wide", "append"));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().path("message").asText())
        .contains("62 selected fields", "60 is the most", "MILLRACE_CONNECTION_FIELDS_MAX");
  }

  private ObjectNode get(ObjectNode connection) {
    return api.config("/connections/get", json("{'connectionId': '%s'}", id(connection))).ok();
  }

  private static String id(ObjectNode connection) {
    return connection.path("connectionId").asText();
  }

  private ObjectNode create(String more, String namespace, String name, String mode) {
    return api.config("/connections/create", body(more, namespace, name, mode)).ok();
  }

  private String body(String more, String namespace, String name, String mode) {
    return json(
        "{'sourceId': '%s', 'destinationId': '%s', %s 'syncCatalog': {'streams': [{'stream':"
            + " {'name': '%s', 'namespace': '%s'}, 'config': {'syncMode': 'full_refresh',"
            + " 'destinationSyncMode': '%s', 'selected': true}}]}}",
        api.source,
        api.destination,
        more.isEmpty() ? "" : more.replace('\'', '"') + ",",
        name,
        namespace,
        mode);
  }
}
